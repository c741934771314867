import type { Call } from '../load/send.js';
import { quantile } from '../scheduling/requests.js';
import type { OperationName } from './bounds.js';
import type { Operation } from './operations.js';
import { type Peer, sendAll } from './peer.js';
import type { ProcessorTimes, Spent } from './processor-times.js';

/** Milliseconds of a peer for one operation: the processor time of a request, and its time. */
export interface Cost extends Spent {
  /** The median of the medians of the rounds. */
  readonly median: number;
}

export interface Measured {
  readonly bare: Cost;
  readonly service: Cost;
  /** The median of the ratios of the rounds. */
  readonly ratio: number;
}

export class Rounds {
  constructor(
    private readonly bare: Peer,
    private readonly service: Peer,
    private readonly processor: ProcessorTimes,
  ) {}

  /** Sends requests of each kind, until the compilers of both services have done their work. */
  async warmUp(operations: readonly Operation[]): Promise<void> {
    for (const operation of operations) {
      const calls = operation.take(operation.warmUp);
      for (const peer of [this.bare, this.service])
        await sendAll(calls, operation.callers, async (call) => peer.send(call));
    }
  }

  /** Measures the operations. In each round, both services have their turns one after the other with the same requests. */
  async measure(operations: readonly Operation[], rounds: number): Promise<Map<OperationName, Measured>> {
    const turns = operations.map((operation) => ({ operation, bare: [] as Cost[], service: [] as Cost[] }));
    for (let round = 0; round < rounds; round += 1) {
      for (const { operation, bare, service } of turns) {
        const calls = operation.take(operation.calls);
        const inTurn: [Peer, Cost[]][] = [
          [this.bare, bare],
          [this.service, service],
        ];
        for (const [peer, costs] of round % 2 === 0 ? inTurn : inTurn.toReversed())
          costs.push(await this.turn(peer, operation, calls));
      }
    }
    return new Map(
      turns.map(({ operation: { name }, bare, service }) => {
        const ratios = service.map(({ median }, round) => median / bare[round].median);
        return [name, { bare: costOf(bare), service: costOf(service), ratio: medianOf(ratios) }];
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

function medianOf(values: readonly number[]): number {
  return quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}
