/** A moment that PostgreSQL wrote within JSON as RFC 3339 in UTC, to the millisecond: `2022-09-06T14:16:47.878Z`. */
export function formatTimestamp(text: string): string {
  if (!text.endsWith('+00:00')) return new Date(text).toISOString();
  return `${text.slice(0, 19)}.${text.slice(20, -6).padEnd(3, '0')}Z`;
}
