import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { type Sizes, sizesOf } from '../floor/sizes.js';

/** Of the small database: 200,000 events, since two of three entries are invites. */
const DEFAULTS = { USERS: '2000', EVENTS: '230', ROUNDS: '15' };

/** 100,000 users with 10 million events. */
const DEFAULT_COPIES = 50;

/** Bytes on the disk for an entry of a calendar, with its share of the event and of all indexes, and for the building of these. */
const BYTES_OF_ENTRY = 800;

export interface ScaleSizes extends Sizes {
  /** How often the large database has the calendars of the small one. */
  readonly copies: number;
}

/**
 * Reads the sizes of the small database as `sizesOf` does, and `COPIES`.
 * @throws {Error} if the disk has no room
 */
export async function scaleSizesOf(environment: NodeJS.ProcessEnv): Promise<ScaleSizes> {
  const copies = Number(environment.COPIES ?? DEFAULT_COPIES);
  if (!Number.isInteger(copies) || copies < 1) throw new Error('COPIES is a positive number.');
  const sizes = { ...sizesOf(environment, DEFAULTS), copies };
  const { bavail, bsize } = await statfs(tmpdir());
  const fitting = Math.floor((bavail * bsize) / (sizes.users * sizes.events * BYTES_OF_ENTRY)) - 1;
  if (copies > fitting)
    throw new Error(`The disk of ${tmpdir()} has room for ${fitting} copies. Set COPIES to at most that.`);
  return sizes;
}
