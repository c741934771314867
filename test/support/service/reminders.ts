import { Pool } from 'pg';
import type { NewEvent, NewReminder } from '../../../clients/typescript/src/schema.js';
import { connectionOptions } from '../../../src/database/session/session-pool.js';
import { OutboxWorkers } from '../../../src/outbox/worker/outbox-workers.js';
import { LineOutput } from '../../../src/platform/logging/standard-output.js';
import { ReminderDispatcher } from '../../../src/reminders/dispatch/reminder-dispatcher.js';
import { DeliveriesOfVersionBefore } from '../../../src/reminders/queue/deliveries-of-version-before.js';
import { Client } from '../client/client.js';
import type { TestDatabase } from '../database/database.js';
import { startTestApplication, type TestApplication } from './application.js';
import { TestClock } from './test-clock.js';

/** The line of a reminder that fired. */
export interface ReminderLine {
  readonly time: string;
  readonly msg: string;
  readonly notification_id: string;
  readonly user_id: number;
  readonly event_id: number;
  readonly original_start: string;
  readonly minutes_before: number;
  readonly start: string;
  readonly due_at: string;
}

/** Keeps the lines in memory. Depending on `fails`, it throws before or after it keeps them. */
export class LineList extends LineOutput {
  readonly lines: ReminderLine[] = [];
  fails: 'before' | 'after' | null = null;

  write(lines: readonly string[]): void {
    if (this.fails === 'before') throw new Error('The reader is gone.');
    this.lines.push(...lines.map((line) => JSON.parse(line) as ReminderLine));
    if (this.fails === 'after') throw new Error('The process is gone.');
  }
}

/** The service over a database of its own. The test sets the time and fires the reminders. */
export class ReminderBench {
  readonly client: Client;

  private constructor(
    readonly application: TestApplication,
    readonly clock: TestClock,
    readonly output: LineList,
  ) {
    this.client = new Client(application.url);
  }

  /** @param database that of another service, or of another version */
  static async start(
    instant: string,
    environment: NodeJS.ProcessEnv = {},
    database: TestDatabase | null = null,
  ): Promise<ReminderBench> {
    const clock = new TestClock(instant);
    const output = new LineList();
    const settings = { REMINDER_DISPATCH: 'off', ...environment };
    const application = await startTestApplication(settings, clock, output, database);
    return new ReminderBench(application, clock, output);
  }

  /** Creates a user. @returns the id */
  async user(name: string, defaultReminders: readonly NewReminder[] = []): Promise<number> {
    const email = `${name}@example.com`;
    const { body } = await this.client.create('/users', {
      name,
      email,
      default_reminders: defaultReminders,
    });
    return body.id;
  }

  /** Creates an event of an hour. @returns the event */
  async event(organizerId: number, startDate: string, more: Partial<NewEvent> = {}) {
    const { body } = await this.client.create('/events', {
      title: 'Planning',
      organizer_user_id: organizerId,
      start_date: startDate,
      duration: 3600,
      ...more,
    });
    return body;
  }

  /** Sets the clock to `instant` and fires the reminders that are due. @returns their lines */
  async at(instant: string): Promise<ReminderLine[]> {
    this.clock.set(instant);
    const before = this.output.lines.length;
    await this.application.app.get(ReminderDispatcher).runDue();
    return this.output.lines.slice(before);
  }

  /** The same, and sends the deliveries that are due. */
  async sendAt(instant: string): Promise<void> {
    await this.at(instant);
    await this.application.app.get(DeliveriesOfVersionBefore).takeDue();
    const workers = this.application.app.get(OutboxWorkers);
    while ((await workers.startDue()) > 0) await workers.finish();
  }

  async query<Row extends object = object>(statement: string): Promise<Row[]> {
    const options = connectionOptions({ overridesReadOnly: true, poolSize: 1 });
    const pool = new Pool({ connectionString: this.application.database.url, ...options });
    try {
      return (await pool.query<Row>(statement)).rows;
    } finally {
      await pool.end();
    }
  }

  /** When the reminders of an event are due next, soonest first. */
  async dueAt(eventId: number): Promise<string[]> {
    const rows = await this.query<{ due_at: Date }>(
      `SELECT due_at FROM pending_reminders WHERE event_id = ${eventId} ORDER BY due_at, user_id`,
    );
    return rows.map(({ due_at }) => due_at.toISOString().replace('.000Z', 'Z'));
  }

  async close(): Promise<void> {
    await this.application.close();
  }
}
