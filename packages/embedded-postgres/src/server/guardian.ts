/**
 * A process beside the service that outlives it to stop the embedded server, should the service be killed.
 * It reads what it guards from its standard input, and acts when that pipe closes.
 */
import { text } from 'node:stream/consumers';
import { type GuardedServer, stopUnlessLeased } from './guarded-server.js';

/** A killed service's lease is freed a moment after it, and a server it had just launched appears so late. */
const PATIENCE_MS = 10_000;

const guarded: GuardedServer = JSON.parse(await text(process.stdin));
await stopUnlessLeased(guarded, PATIENCE_MS);
