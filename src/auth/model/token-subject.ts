/** The user that a token belongs to. */
export interface TokenSubject {
  readonly tenantId: number;
  readonly userId: number;
  /** The generation of the user in which the token is valid. */
  readonly generation: number;
}
