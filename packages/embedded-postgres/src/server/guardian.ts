/**
 * A process that outlives the service, and stops the embedded server if the service is killed. The guardian reads a
 * `GuardedServer` from its standard input, and acts when that pipe closes.
 */
import { text } from 'node:stream/consumers';
import { type GuardedServer, stopUnlessLeased } from './guarded-server.js';

/**
 * Milliseconds. PostgreSQL frees the lease of a killed service a moment later, and a server that it had just launched
 * appears later too.
 */
const PATIENCE_MS = 10_000;

const guarded: GuardedServer = JSON.parse(await text(process.stdin));
await stopUnlessLeased(guarded, PATIENCE_MS);
