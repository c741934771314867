/** The media type of iCalendar (RFC 5545 §8.1). */
export const CALENDAR_TYPE = 'text/calendar';

/** The paths that take files of iCalendar, and no JSON. */
const TAKES_CALENDAR = /:import$/;

/** Whether the route takes files of iCalendar. */
export function takesCalendar(url: string | undefined): boolean {
  return TAKES_CALENDAR.test(url ?? '');
}

/** What a client has to know that sends another type of body than the route takes. Some, such as curl, declare a form by default. */
export function acceptedType(url: string | undefined): string {
  return takesCalendar(url)
    ? `The body must be a file of iCalendar: send Content-Type: ${CALENDAR_TYPE}.`
    : 'A body must be JSON: send Content-Type: application/json.';
}
