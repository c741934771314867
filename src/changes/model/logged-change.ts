/** What one transaction did to one event. */
export interface LoggedChange {
  readonly tenantId: number;
  readonly sequence: number;
  /** The number of the transaction. */
  readonly xid: number;
  readonly eventId: number;
  readonly kind: 'created' | 'updated' | 'deleted';
  /** The version of the event after the change. */
  readonly version: number;
  readonly userId: number | null;
  readonly apiKeyId: number | null;
  readonly at: Date;
}
