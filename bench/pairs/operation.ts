import type { Call } from '../load/send.js';

/** The requests to both peers. One peer may need other ids or tokens than the other for the same work. */
export type CallsOfPeers = readonly [first: readonly Call[], second: readonly Call[]];

export interface Operation<Name extends string = string> {
  readonly name: Name;
  readonly callers: number;
  /** The requests to each peer in one round. */
  readonly calls: number;
  /** The requests to each peer before the first round. */
  readonly warmUp: number;
  /** The next requests. */
  readonly take: (count: number) => CallsOfPeers;
}
