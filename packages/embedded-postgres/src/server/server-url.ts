import { ROLE } from '../cluster/cluster.js';
import { LOOPBACK } from './postmaster.js';

/** The address of the service's database on the embedded server at a port. */
export function serverUrl(password: string, port: number): string {
  return `postgres://${ROLE}:${password}@${LOOPBACK}:${port}/${ROLE}`;
}
