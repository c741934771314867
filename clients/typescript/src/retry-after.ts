/** Each of the three forms begins with the name of a day. `Date.parse` takes many other texts for dates. */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/;

/**
 * Reads `Retry-After`, which is seconds or an HTTP date (RFC 9110 §10.2.3). A date counts from the response's own `Date`
 * where there is one, so that the clocks need not agree.
 *
 * @returns seconds, not negative; null if the header is absent or neither of the two
 */
export function retryAfterOf(headers: Headers): number | null {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value);
  const at = HTTP_DATE.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) return null;
  const now = Date.parse(headers.get('date') ?? '');
  return Math.max(0, Math.ceil((at - (Number.isNaN(now) ? Date.now() : now)) / 1000));
}
