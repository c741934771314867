import { EmbeddedPostgresError } from '../embedded-postgres-error.js';

/** The messages of PostgreSQL's programs, each with its remedy. */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/no space left on device|disk quota exceeded/i, 'make room on the disk'],
  [
    /lock file .+ already exists|shared memory block .+ is still in use/i,
    'stop the other server that uses the data',
  ],
  [/read-only file system/i, 'mount the file system for writing'],
  [
    /permission denied|wrong ownership|invalid permissions/i,
    'let the account of the service alone read and write them',
  ],
  [/password authentication failed/i, 'restore the file password beside the data'],
  [/incompatible/i, 'start the version of the service that made the data'],
];

/** A line with the reason for which a program failed. */
const COMPLAINT = /(?:FATAL|PANIC|error):\s+(.+)/i;

/**
 * The error for a program of PostgreSQL that failed.
 * @param failure the beginning of the message, which names the directory
 * @param output the output of the program
 * @param defaultRemedy the remedy for an unknown output
 */
export function startRefusal(failure: string, output: string, defaultRemedy: string): EmbeddedPostgresError {
  const lines = output.trim().split('\n');
  const complaint = lines.findLast((line) => COMPLAINT.test(line)) ?? lines.at(-1) ?? '';
  const [, reason = complaint] = COMPLAINT.exec(complaint) ?? [];
  const remedy = REMEDIES.find(([pattern]) => pattern.test(output))?.[1] ?? defaultRemedy;
  const shownReason = reason.trim().replace(/[.\s]+$/, '') || 'without a message';
  return new EmbeddedPostgresError(`${failure} (${shownReason})`, remedy);
}
