/** A token with more running transactions would be too long. A token that omits some leads to repeated changes alone. */
const MAX_RUNNING = 32;

const DIGITS = 36;

/**
 * A short form of a snapshot of PostgreSQL, `xmin:xmax:running,…`. A snapshot with many running transactions becomes one
 * that shows less.
 */
export function shortened(snapshot: string): string {
  const { xmin, xmax, running } = parse(snapshot, 10);
  const shown = running.slice(0, MAX_RUNNING);
  const end = running[MAX_RUNNING] ?? xmax;
  return [xmin, end - xmin, shown.map((xid) => (xid - xmin).toString(DIGITS)).join()]
    .map((part) => (typeof part === 'string' ? part : part.toString(DIGITS)))
    .join(':');
}

/** The snapshot in its form of PostgreSQL. */
export function lengthened(text: string): string {
  const { xmin, xmax, running } = parse(text, DIGITS);
  return [xmin, xmin + xmax, running.map((xid) => String(xmin + xid)).join()].join(':');
}

function parse(text: string, digits: number) {
  const [xmin = '', xmax = '', running = ''] = text.split(':');
  return {
    xmin: Number.parseInt(xmin, digits),
    xmax: Number.parseInt(xmax, digits),
    running: running === '' ? [] : running.split(',').map((xid) => Number.parseInt(xid, digits)),
  };
}
