import type { Socket } from 'node:net';
import type { Pool, PoolClient } from 'pg';

/** Longer than a statement may take, so that a server that works has answered by then. */
const SILENCE_LIMIT_MS = 6_500;

/**
 * Closes connections on which a statement stays without an answer, as it does on a paused server or behind a
 * broken network: neither sends an error. They are closed rather than reused, since what was sent on them,
 * a BEGIN perhaps, may still be carried out.
 */
export function closeSilentConnections(pool: Pool, limit = SILENCE_LIMIT_MS): void {
  pool.on('acquire', (client) => {
    socketOf(client).setTimeout(limit).on('timeout', giveUp);
  });
  pool.on('release', (_, client) => {
    socketOf(client).setTimeout(0).off('timeout', giveUp);
  });
}

function giveUp(this: Socket): void {
  this.destroy(new SilentConnectionError());
}

export class SilentConnectionError extends Error {
  readonly code = 'ETIMEDOUT';

  constructor() {
    super('The database has not answered in time.');
  }
}

/** What node-postgres has beneath a client, and its types leave out. */
function socketOf(client: PoolClient): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream;
}
