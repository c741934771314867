import type { Client } from 'pg';
import { DataSource, type EntityMetadata } from 'typeorm';
import { parseRecurrenceRule } from '../../src/calendar/recurrence/rule/rule-text.js';
import { timeZone } from '../../src/calendar/time/time-zone.js';
import { dataSourceOptions } from '../../src/data-source-options.js';
import { runMigrations } from '../../src/database/run-migrations.js';
import type { ParticipationStatus } from '../../src/events/model/event-words.js';
import { recordedSchedule } from '../../src/events/model/schedule/recorded-schedule.js';
import type { Schedule } from '../../src/events/model/schedule/schedule.js';
import { Attendee } from '../../src/events/store/entities/attendee.entity.js';
import { Event } from '../../src/events/store/entities/event.entity.js';
import { columnsOf } from '../../src/events/store/time-columns.js';
import { User } from '../../src/users/store/user.entity.js';
import { copyLines } from '../bulk/copy-lines.js';
import { connected, newDatabase } from '../scheduling/database.js';
import type { Dataset, DatasetEvent } from './data/calendars.js';
import { rruleOf } from './data/rule.js';

const ROWS_IN_STATEMENT = 20_000;

/**
 * Makes the database of the service, with the calendars.
 * @param withLog whether the log of changes has the creation of the calendars
 * @returns its address
 */
export async function serviceDatabase(serverUrl: string, dataset: Dataset, withLog = true): Promise<string> {
  const url = await newDatabase(serverUrl, 'service');
  const dataSource = await new DataSource(dataSourceOptions(url)).initialize();
  const client = await connected(url);
  try {
    await runMigrations(dataSource);
    if (!withLog) await client.query(`SET calendar.log = 'off'`);
    const users = [...dataset.users, ...dataset.writers, ...dataset.guests];
    await insert(
      client,
      dataSource.getMetadata(User),
      users.map((user) => ({ ...user, name: `User ${user.id}`, email: `user${user.id}@example.com` })),
    );
    const events = dataset.events.map(eventRow);
    await insert(client, dataSource.getMetadata(Event), events);
    const attendees = dataset.events.flatMap((event, index) => attendeeRows(event, events[index]));
    let invites = 0;
    for (const attendee of attendees) {
      if (attendee.status === 'organizer') continue;
      invites += 1;
      attendee.inviteId = invites;
    }
    await insert(client, dataSource.getMetadata(Attendee), attendees);
    for (const [sequence, used] of [
      [`pg_get_serial_sequence('users', 'id')`, users.length],
      [`pg_get_serial_sequence('events', 'id')`, events.length],
      [`'invite_ids'`, invites],
    ] as const)
      await client.query(`SELECT setval(${sequence}, $1)`, [used + 1]);
    await client.query('VACUUM ANALYZE');
  } finally {
    await client.end();
    await dataSource.destroy();
  }
  return url;
}

/** @param rows whose properties are the same ones, each a text without escapes, a number, a truth value or a list of such texts */
async function insert(client: Client, entity: EntityMetadata, rows: readonly object[]): Promise<void> {
  const columns = entity.columns.filter(({ propertyName }) => propertyName in rows[0]);
  const into = `${entity.tableName} (${columns.map(({ databaseName }) => databaseName).join(', ')})`;
  for (let done = 0; done < rows.length; done += ROWS_IN_STATEMENT) {
    const part = rows.slice(done, done + ROWS_IN_STATEMENT);
    await copyLines(
      client,
      into,
      part.map((row) => columns.map((column) => inCopy(column.getEntityValue(row)))),
    );
  }
}

function inCopy(value: string | number | boolean | readonly string[] | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'object' ? `{${value.join(',')}}` : String(value);
}

function attendeeRows(
  { organizer, invited }: DatasetEvent,
  { id: eventId, span }: Partial<Event>,
): Partial<Attendee>[] {
  const rowOf = (userId: number, status: ParticipationStatus): Partial<Attendee> => ({
    eventId,
    userId,
    span,
    status,
    inviteId: null,
  });
  return [rowOf(organizer.id, 'organizer'), ...invited.map(({ user, answer }) => rowOf(user.id, answer))];
}

/** The columns are those that the service writes for such an event. */
function eventRow(event: DatasetEvent, index: number): Partial<Event> {
  const { title, organizer, allDay, start, length, rule, busy } = event;
  const schedule: Schedule = {
    allDay,
    floating: allDay,
    timeZone: organizer.timeZone,
    endTimeZone: null,
    start,
    startAt: timeZone(organizer.timeZone).toInstant(start),
    length: allDay ? { days: length } : { seconds: length * 60 },
    rule: rule && parseRecurrenceRule(rruleOf(rule, start)),
    rdates: [],
    exdates: [],
  };
  const recorded = recordedSchedule(schedule);
  return {
    ...(columnsOf(recorded) as Partial<Event>),
    id: index + 1,
    organizerId: organizer.id,
    title,
    description: 'Made by the benchmark',
    showAs: busy ? 'busy' : 'free',
    span: recorded.span,
  };
}
