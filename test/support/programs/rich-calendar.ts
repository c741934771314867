import type { NewEvent } from '../../../clients/typescript/src/schema.js';
import { calendarFile, FileUser } from '../client/calendar-files.js';
import type { Client } from '../client/client.js';

/** The zone of the user and of the programs. */
export const ZONE = 'Europe/Berlin';

/** A window with both changes of the clocks. */
export const [FROM, TO] = ['2030-01-01T00:00:00Z', '2031-01-01T00:00:00Z'];

/** The title of the event without a length. */
export const NO_LENGTH = 'No length';

const LONG = `Zürich, 東京; "quoted" \\ back ${'🎂 '.repeat(30)}end`;

type Fields = Pick<NewEvent, 'title' | 'start_date'> & Partial<NewEvent>;

/** Events of every kind that the API makes. */
const EVENTS: readonly Fields[] = [
  {
    title: 'Weekly over both changes of the clocks',
    start_date: '2030-03-04T09:00:00+01:00',
    time_zone: ZONE,
    duration: 5_400,
    location: 'Raum 5; 2. OG, links',
    description: `One\ntwo, three; four\n\n${LONG}`,
    repeat: { frequency: 'weekly', days_of_week: [1, 3], until: '2030-12-01T00:00:00Z' },
  },
  { title: LONG, start_date: '2030-04-01T12:00:00Z', duration: 3_600 },
  { title: 'One day', start_date: '2030-05-01', all_day: true },
  { title: 'Three days', start_date: '2030-05-30', all_day: true, duration: 3 },
  {
    title: 'Yearly, of whole days',
    start_date: '2028-06-15',
    all_day: true,
    repeat: { frequency: 'yearly' },
  },
  {
    title: 'Flight',
    start_date: '2030-07-01T10:00:00-04:00',
    end_date: '2030-07-01T23:30:00+02:00',
    time_zone: 'America/New_York',
    end_time_zone: ZONE,
  },
  {
    title: 'The last Friday of the month in New York',
    start_date: '2030-01-25T18:00:00-05:00',
    time_zone: 'America/New_York',
    duration: 7_200,
    repeat: { rrule: 'FREQ=MONTHLY;BYDAY=-1FR;COUNT=12' },
  },
  {
    title: 'Daily in Casablanca, whose clocks change by the moon',
    start_date: '2030-01-01T08:00:00Z',
    time_zone: 'Africa/Casablanca',
    duration: 1_800,
    repeat: { frequency: 'daily', interval: 10 },
  },
  {
    title: 'By dates',
    start_date: '2030-02-01T15:00:00Z',
    duration: 900,
    repeat: { rrule: 'FREQ=WEEKLY;COUNT=2', rdates: ['2030-02-20T11:00:00Z', '2030-10-30T11:00:00Z'] },
  },
  { title: NO_LENGTH, start_date: '2030-08-01T07:00:00Z', duration: 0 },
  { title: 'Over midnight', start_date: '2030-08-02T23:00:00Z', duration: 14_400, show_as: 'out_of_office' },
];

/** What only files have: alarms, people, unknown properties, floating time, a length of a day, a split series. */
const FILE = calendarFile(
  [
    'BEGIN:VEVENT',
    'UID:meeting@elsewhere.example',
    'DTSTAMP:20290101T000000Z',
    'DTSTART;TZID=Europe/Berlin:20300903T140000',
    'DTEND;TZID=Europe/Berlin:20300903T150000',
    'SUMMARY:Meeting\\, with people',
    'ORGANIZER;CN="Smith, Zoë":mailto:zoe@elsewhere.example',
    'ATTENDEE;CN="Smith, Zoë";PARTSTAT=ACCEPTED:mailto:zoe@elsewhere.example',
    'ATTENDEE;CN=Yan;PARTSTAT=TENTATIVE;ROLE=OPT-PARTICIPANT:mailto:yan@elsewhere.example',
    'X-UNKNOWN;X-PARAMETER="a;b":kept',
    'GEO:48.2;16.37',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    'DESCRIPTION:Soon',
    'TRIGGER:-PT15M',
    'END:VALARM',
    'END:VEVENT',
  ],
  [
    'BEGIN:VEVENT',
    'UID:floating@elsewhere.example',
    'DTSTAMP:20290101T000000Z',
    'DTSTART:20300905T070000',
    'DTEND:20300905T080000',
    'RRULE:FREQ=DAILY;COUNT=3',
    'SUMMARY:At seven\\, wherever',
    'END:VEVENT',
  ],
  [
    'BEGIN:VEVENT',
    'UID:split@elsewhere.example',
    'DTSTAMP:20290101T000000Z',
    'DTSTART;TZID=Europe/Berlin:20300910T100000',
    'DURATION:PT45M',
    'RRULE:FREQ=WEEKLY;COUNT=6',
    'SUMMARY:Before',
    'END:VEVENT',
    'BEGIN:VEVENT',
    'UID:split@elsewhere.example',
    'DTSTAMP:20290101T000000Z',
    'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20301008T100000',
    'DTSTART;TZID=Europe/Berlin:20301008T160000',
    'DURATION:PT30M',
    'SUMMARY:After',
    'END:VEVENT',
  ],
);

/** A series with RDATEs of other lengths. */
export const PERIODS = calendarFile([
  'BEGIN:VEVENT',
  'UID:periods@elsewhere.example',
  'DTSTAMP:20290101T000000Z',
  'DTSTART:20301001T090000Z',
  'DTEND:20301001T100000Z',
  'RDATE;VALUE=PERIOD:20301002T090000Z/PT3H,20301003T090000Z/20301003T093000Z',
  'SUMMARY:Periods',
  'END:VEVENT',
]);

/** Series with a DURATION in days over the change of the clocks. */
export const DAYS = calendarFile([
  'BEGIN:VEVENT',
  'UID:days@elsewhere.example',
  'DTSTAMP:20290101T000000Z',
  'DTSTART;TZID=Europe/Berlin:20300329T100000',
  'DURATION:P1D',
  'RRULE:FREQ=DAILY;COUNT=4',
  'SUMMARY:Day shift',
  'END:VEVENT',
]);

/** A user whose calendar has events of every kind. */
export async function richCalendar(client: Client): Promise<FileUser> {
  const user = await FileUser.of(client, { time_zone: ZONE });
  const ids: number[] = [];
  for (const fields of EVENTS) {
    const { body } = await client.create('/events', { organizer_user_id: user.id, ...fields });
    ids.push(body.id);
  }
  const [weekly] = ids;
  const at = (start: string) => `/events/${weekly}/occurrences/${start}` as const;
  await client.patch(at('2030-03-06T08:00:00Z'), {
    title: 'Moved',
    start_date: '2030-03-07T13:00:00+01:00',
    location: 'Elsewhere',
  });
  await client.patch(at('2030-04-08T07:00:00Z'), { description: 'Of this week alone' });
  await client.patch(at('2030-04-10T07:00:00Z'), { status: 'cancelled' });
  await client.delete(at('2030-04-15T07:00:00Z'));
  await user.import(FILE);
  return user;
}
