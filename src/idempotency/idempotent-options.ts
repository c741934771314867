export const IDEMPOTENCY = Symbol('what a keyed request keeps');

/** What the service does with the answer to a keyed request. */
export interface IdempotentOptions<Controller> {
  /**
   * Reads the resource of the answer again, on behalf of the caller. The service then keeps its id alone, and a repeat
   * gets what the caller may see by then.
   * @param id the `id` of the first answer @param body the request's, which was valid the first time
   */
  readonly replay?: (controller: Controller, id: number, body: unknown) => Promise<unknown>;
  /** Whether the answer has a secret. */
  readonly secret?: boolean;
}
