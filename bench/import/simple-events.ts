/** A file of events of one time each, with the lines that Google writes. */
export function fileOf(count: number, name: string): string {
  const events = Array.from({ length: count }, (_, index) => {
    const day = new Date(Date.UTC(2126, 0, 1 + (index % 3_000)));
    const date = day.toISOString().slice(0, 10).replaceAll('-', '');
    return [
      'BEGIN:VEVENT',
      `DTSTART:${date}T090000Z`,
      `DTEND:${date}T100000Z`,
      'DTSTAMP:20260901T120000Z',
      `UID:${name}-${index}@google.example`,
      'CREATED:20260830T101112Z',
      'DESCRIPTION:The notes of the meeting',
      'LAST-MODIFIED:20260831T101112Z',
      'LOCATION:Room 5',
      'SEQUENCE:1',
      'STATUS:CONFIRMED',
      `SUMMARY:Meeting ${index}`,
      'TRANSP:OPAQUE',
      'END:VEVENT',
    ].join('\r\n');
  });
  return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\n${events.join('\r\n')}\r\nEND:VCALENDAR\r\n`;
}
