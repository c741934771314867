import { stat } from 'node:fs/promises';

/** The account that runs the server's processes. Empty: the account of this process. */
export interface ServerAccount {
  readonly uid?: number;
  readonly gid?: number;
}

/** `nobody` on every Linux; the number needs no entry in /etc/passwd. */
const NOBODY = 65534;

/**
 * PostgreSQL refuses to run as root. If root starts it, it runs as the owner of the data, for example a user who
 * started the service before. On new data it runs as nobody.
 */
export async function serverAccount(dataDirectory: string): Promise<ServerAccount> {
  if (process.getuid?.() !== 0) return {};
  const owner = await stat(dataDirectory).catch(() => null);
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : { uid: NOBODY, gid: NOBODY };
}
