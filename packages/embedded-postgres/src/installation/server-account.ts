import { stat } from 'node:fs/promises';

/** The account that runs the server's processes. Empty: the account of this process. */
export interface ServerAccount {
  readonly uid?: number;
  readonly gid?: number;
}

/** The account `nobody` of every Linux. The number needs no entry in /etc/passwd. */
const NOBODY = 65534;

/**
 * PostgreSQL refuses to run as root. If root starts the service, PostgreSQL runs as the owner of the data, for example
 * the account that started the service before. If the data is new, PostgreSQL runs as the account `nobody`.
 */
export async function serverAccount(dataDirectory: string): Promise<ServerAccount> {
  if (process.getuid?.() !== 0) return {};
  const owner = await stat(dataDirectory).catch(() => null);
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : { uid: NOBODY, gid: NOBODY };
}
