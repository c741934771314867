import { SERVER_ROLE } from '../cluster/cluster.js';
import { LOOPBACK_ADDRESS } from './postmaster.js';

/** The address of the service's database on the embedded server at a port. */
export function serverUrl(password: string, port: number): string {
  return `postgres://${SERVER_ROLE}:${password}@${LOOPBACK_ADDRESS}:${port}/${SERVER_ROLE}`;
}
