/** The headers of a request: in the sweeps of all operations, a body that is a text is a file of iCalendar. */
export function headersOf(body: unknown): Readonly<Record<string, string>> {
  return typeof body === 'string' ? { 'content-type': 'text/calendar' } : {};
}
