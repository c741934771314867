/** Characters: the name of an organisation. */
export const MAX_TENANT_NAME_LENGTH = 200;

/** An organisation whose users, events and keys are apart from those of all others. */
export interface TenantRecord {
  readonly id: number;
  readonly name: string;
  readonly createdAt: Date;
}
