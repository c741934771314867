import type { Socket } from 'node:net';
import type { Pool, PoolClient } from 'pg';

/** Milliseconds. A server that works answers earlier, since no statement may take as long. */
const SILENCE_LIMIT_MS = 6_500;

/**
 * Closes connections on which a statement stays without an answer, as it does on a paused server or behind a
 * broken network: neither sends an error. They are not reused, since the server may still execute the statement, for
 * example a BEGIN.
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

class SilentConnectionError extends Error {
  readonly code = 'ETIMEDOUT';

  constructor() {
    super('The database has not answered in time.');
  }
}

/** The parts of a client of node-postgres that its types omit. */
function socketOf(client: PoolClient): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream;
}
