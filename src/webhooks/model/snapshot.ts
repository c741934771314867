/**
 * Whether a snapshot of PostgreSQL shows a transaction that has committed.
 * @param snapshot `xmin:xmax:xip`, as `pg_snapshot` in text
 */
export function shows(snapshot: string, xid: number): boolean {
  const [xmin = '', xmax = '', inProgress = ''] = snapshot.split(':');
  if (xid < Number(xmin)) return true;
  return xid < Number(xmax) && !inProgress.split(',').includes(String(xid));
}
