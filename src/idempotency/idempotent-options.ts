export const IDEMPOTENT_OPTIONS = Symbol('options of a keyed request');

/** The query and the body of a repeated request, which equal those of the first one. */
export interface RepeatedRequest {
  /** Texts by the name of their parameter. */
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** The way in which the service responds to the repeats of a keyed request. */
export interface IdempotentOptions<Controller> {
  /**
   * Reads the resource of the response again, on behalf of the caller. The service then stores only the id, and a
   * repeat contains only data that the caller may see at that time.
   * @param id the `id` in the first response, or the value of `idField` @param request not validated again
   */
  readonly replay?: (controller: Controller, id: number, request: RepeatedRequest) => Promise<unknown>;
  /** The field of the response that has the id; absent: `id`. */
  readonly idField?: string;
  /**
   * The same for a response with a list of resources, of which the service stores the ids.
   * @param ids the `id` of each element of the first response
   */
  readonly replayAll?: {
    /** The field of the response that has the list. */
    readonly field: string;
    readonly read: (
      controller: Controller,
      ids: readonly number[],
      request: RepeatedRequest,
    ) => Promise<unknown>;
  };
  /** Whether the response has a secret. */
  readonly secret?: boolean;
}
