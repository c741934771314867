/** Where people meet who are not at the place of an event. */
export interface Conference {
  readonly url: string;
  readonly provider: string | null;
  readonly phone: string | null;
  readonly pin: string | null;
}
