import { stat } from 'node:fs/promises';

/** The account that runs the server's processes; empty where they run as this process does. */
export interface ServerAccount {
  readonly uid?: number;
  readonly gid?: number;
}

/** `nobody` on every Linux; the number needs no entry in /etc/passwd. */
const NOBODY = 65534;

/**
 * PostgreSQL refuses to run as root. Started by root it runs as the owner of the data, who may be a user
 * who started the service before, and as nobody on new data.
 */
export async function serverAccount(dataDirectory: string): Promise<ServerAccount> {
  if (process.getuid?.() !== 0) {
    return {};
  }
  const owner = await stat(dataDirectory).catch(() => null);
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : { uid: NOBODY, gid: NOBODY };
}
