import type { Call } from '../load/send.js';
import { quantile } from '../scheduling/requests.js';
import type { Operation } from './operation.js';
import { type Peer, sendAll } from './peer.js';
import type { ProcessorTimes, Spent } from './processor-times.js';

/** Milliseconds of a peer for one operation: the processor time of a request, and its time. */
export interface Cost extends Spent {
  /** The median of the medians of the rounds. */
  readonly median: number;
}

export interface Measured {
  readonly first: Cost;
  readonly second: Cost;
  /** The median of the ratios of the rounds: the second peer to the first. */
  readonly ratio: number;
}

/** Compares two peers, which do the same work in turn, so that other work of the machine affects both equally. */
export class Rounds {
  constructor(
    private readonly peers: readonly [first: Peer, second: Peer],
    private readonly processor: ProcessorTimes,
  ) {}

  /** Sends requests of each kind, until the compilers of both peers have done their work. */
  async warmUp(operations: readonly Operation[]): Promise<void> {
    for (const { take, warmUp, callers } of operations) {
      const calls = take(warmUp);
      for (const [index, peer] of this.peers.entries())
        await sendAll(calls[index], callers, async (call) => peer.send(call));
    }
  }

  /** Measures the operations. In each round, both peers have their turns one after the other. */
  async measure<Name extends string>(
    operations: readonly Operation<Name>[],
    rounds: number,
  ): Promise<Map<Name, Measured>> {
    const turns = operations.map((operation) => ({ operation, costs: [[], []] as [Cost[], Cost[]] }));
    for (let round = 0; round < rounds; round += 1) {
      for (const { operation, costs } of turns) {
        const calls = operation.take(operation.calls);
        for (const index of round % 2 === 0 ? [0, 1] : [1, 0])
          costs[index].push(await this.turn(this.peers[index], operation, calls[index]));
      }
    }
    return new Map(
      turns.map(({ operation: { name }, costs: [first, second] }) => {
        const ratios = second.map(({ median }, round) => median / first[round].median);
        return [name, { first: costOf(first), second: costOf(second), ratio: medianOf(ratios) }];
      }),
    );
  }

  /** A single caller parses each response within the measured time, as a client does. Several would wait for each other. */
  private async turn(peer: Peer, { callers }: Operation, calls: readonly Call[]): Promise<Cost> {
    const millis: number[] = [];
    const { node, postgres } = await this.processor.during(peer, async () =>
      sendAll(calls, callers, async (call) => {
        const began = performance.now();
        if (callers === 1) await peer.read(call);
        else await peer.send(call);
        millis.push(performance.now() - began);
      }),
    );
    return { median: medianOf(millis), node: node / calls.length, postgres: postgres / calls.length };
  }
}

/** Work that a request leaves behind, such as that of the garbage collector, counts in a mean, and not in a median. */
function costOf(turns: readonly Cost[]): Cost {
  return {
    median: medianOf(turns.map(({ median }) => median)),
    node: meanOf(turns.map(({ node }) => node)),
    postgres: meanOf(turns.map(({ postgres }) => postgres)),
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function medianOf(values: readonly number[]): number {
  return quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}
