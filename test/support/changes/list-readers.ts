import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../database/data-directory.js';
import { ListMirror, type MirroredList, PageUnavailable } from './list-mirror.js';
import type { Random } from './random.js';

/** The longest pause between two requests of a reader. Each reader has its own. */
const MAX_PAUSE_MS = 300;

/** The part of the steps after which a reader begins a copy anew, or stops one for later. */
const BEGUN_ANEW = 0.1;

/** A page of a full list is short, so that changes come between its pages. */
const SHORT_PAGE = 3;

const LONG_PAGE = 200;

export interface ListReaders {
  /** Waits until each has read to the present. @returns the mirrors of each list */
  finish(): Promise<ReadonlyMap<MirroredList, readonly ListMirror[]>>;
}

/**
 * Follows each list from now on, at different paces. Beside the mirror that goes on, each reader has one that stopped at some
 * time, and one that began while others wrote.
 */
export function startListReaders(lists: readonly MirroredList[], random: Random): ListReaders {
  const stopping = new AbortController();
  const readers = lists.map((list) => new ListReader(list, random.between(0, MAX_PAUSE_MS), random));
  const running = Promise.all(readers.map(async (reader) => reader.run(stopping.signal))).finally(() =>
    stopping.abort(),
  );
  // `finish` reports the failure.
  running.catch(() => undefined);
  return {
    finish: async () => {
      stopping.abort();
      await running;
      for (const { mirrors } of readers)
        for (const mirror of mirrors) await eventually(async () => followOnce(mirror));
      return new Map(readers.map(({ list, mirrors }) => [list, mirrors]));
    },
  };
}

class ListReader {
  private readonly steady: ListMirror;
  private stopped: ListMirror;
  private begun: ListMirror;

  constructor(
    readonly list: MirroredList,
    private readonly pauseMs: number,
    private readonly random: Random,
  ) {
    this.steady = new ListMirror(list, SHORT_PAGE);
    this.stopped = this.steady;
    this.begun = this.steady;
  }

  get mirrors(): ListMirror[] {
    return [...new Set([this.steady, this.stopped, this.begun])];
  }

  async run(stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted) {
      await followOnce(this.steady);
      if (this.random.chance(BEGUN_ANEW) || this.stopped === this.steady) this.stopped = this.steady.copy();
      if (this.random.chance(BEGUN_ANEW) || this.begun === this.steady) {
        this.begun = new ListMirror(this.list, this.random.one([SHORT_PAGE, LONG_PAGE]));
        await followOnce(this.begun);
      }
      await sleep(this.pauseMs);
    }
  }
}

/** @returns false: the service did not give a page */
async function followOnce(mirror: ListMirror): Promise<boolean> {
  try {
    await mirror.follow();
    return true;
  } catch (error) {
    if (error instanceof PageUnavailable) return false;
    throw error;
  }
}
