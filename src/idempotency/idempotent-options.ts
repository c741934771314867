export const IDEMPOTENCY = Symbol('what a keyed request keeps');

/** What a repeat asks, which is the same as the first time. */
export interface RepeatedRequest {
  /** Text by parameter. */
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** What the service does with the answer to a keyed request. */
export interface IdempotentOptions<Controller> {
  /**
   * Reads the resource of the answer again, on behalf of the caller. The service then keeps its id alone, and a repeat
   * gets what the caller may see by then.
   * @param id the `id` of the first answer @param request as it came; it was valid the first time
   */
  readonly replay?: (controller: Controller, id: number, request: RepeatedRequest) => Promise<unknown>;
  /** Whether the answer has a secret. */
  readonly secret?: boolean;
}
