/** Each of the three forms begins with the name of a day. `Date.parse` accepts many other texts as dates. */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/;

/**
 * Reads `Retry-After`, which is seconds or an HTTP date (RFC 9110 §10.2.3). If the response has a `Date`, an HTTP date
 * counts from it, so that the clocks of both machines may differ.
 *
 * @returns seconds, not negative; null if the header is absent or has neither form
 */
export function retryAfterOf(headers: Headers): number | null {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value);
  const at = HTTP_DATE.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) return null;
  const now = Date.parse(headers.get('date') ?? '');
  return Math.max(0, Math.ceil((at - (Number.isNaN(now) ? Date.now() : now)) / 1000));
}
