import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Not, Repository } from 'typeorm';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { OccurrenceAnswerRecord, OverrideRecord } from '../model/event-record.js';
import { OccurrenceAnswer } from './entities/occurrence-answer.entity.js';
import { OccurrenceOverride } from './entities/occurrence-override.entity.js';
import { RememberedDecline } from './entities/remembered-decline.entity.js';
import { overrideColumnsOf } from './time-columns.js';

/** New keys of exceptions by their old ones, as civil time text. An exception whose key is absent is deleted. */
export type Rekeying = ReadonlyMap<string, string>;

/** The tables with rows of single occurrences. */
const TABLES = ['occurrence_overrides', 'occurrence_answers', 'remembered_declines'];

/** Keeps what differs for single occurrences: overrides, answers, and the declines of users who no longer attend. */
@Injectable()
export class OccurrenceExceptionsRepository {
  constructor(
    @InjectRepository(OccurrenceOverride) private readonly overrides: Repository<OccurrenceOverride>,
    @InjectRepository(OccurrenceAnswer) private readonly answers: Repository<OccurrenceAnswer>,
    @InjectRepository(RememberedDecline) private readonly declines: Repository<RememberedDecline>,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async saveOverride(eventId: number, override: OverrideRecord): Promise<void> {
    await this.unitOfWork
      .repository(this.overrides)
      .upsert({ ...overrideColumnsOf(override), eventId }, ['eventId', 'originalStart']);
  }

  async saveAnswer(eventId: number, answer: OccurrenceAnswerRecord): Promise<void> {
    await this.unitOfWork
      .repository(this.answers)
      .upsert({ ...answer, eventId }, ['eventId', 'userId', 'originalStart']);
  }

  /** Saves the overrides of a new event in one statement, however many there are. */
  async addOverrides(eventId: number, overrides: readonly OverrideRecord[]): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO occurrence_overrides
              (event_id, original_start, cancelled, start, duration, title, description, location, show_as)
       SELECT $1, o."originalStart", o.cancelled, o.start, o.length, o.title, o.description, o.location, o."showAs"
         FROM jsonb_to_recordset($2) AS o ("originalStart" text, cancelled boolean, start text, length integer,
              title text, description text, location text, "showAs" text)`,
      [eventId, JSON.stringify(overrides.map(overrideColumnsOf))],
    );
  }

  /** Saves the answers to occurrences of a new event in one statement, however many there are. */
  async addAnswers(eventId: number, answers: readonly OccurrenceAnswerRecord[]): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO occurrence_answers (event_id, user_id, original_start, status, comment)
       SELECT $1, a."userId", a."originalStart", a.status, a.comment
         FROM jsonb_to_recordset($2) AS a ("userId" integer, "originalStart" text, status text, comment text)`,
      [eventId, JSON.stringify(answers)],
    );
  }

  /** Replaces the overrides of an event by those with a new key, and gives every other exception its new key. */
  async replace(eventId: number, overrides: readonly OverrideRecord[], keys: Rekeying): Promise<void> {
    const changed = new Map(
      overrides.map((override) => [override.originalStart, overrideColumnsOf(override)]),
    );
    const rekeyed = ({ originalStart }: { readonly originalStart: string }) => {
      const key = keys.get(originalStart);
      return key === undefined ? undefined : { originalStart: key };
    };
    await this.replaceAll(this.unitOfWork.repository(this.overrides), eventId, ({ originalStart }) =>
      changed.get(keys.get(originalStart) ?? ''),
    );
    await this.replaceAll(this.unitOfWork.repository(this.answers), eventId, rekeyed);
    await this.replaceAll(this.unitOfWork.repository(this.declines), eventId, rekeyed);
  }

  /** Moves the exceptions from `originalStart` on to another event with the same attendees. */
  async moveFrom(originalStart: string, eventId: number, toEventId: number): Promise<void> {
    for (const table of TABLES) {
      await this.unitOfWork.manager.query(
        `UPDATE ${table} SET event_id = $1 WHERE event_id = $2 AND original_start >= $3`,
        [toEventId, eventId, originalStart],
      );
    }
  }

  /** Drops the exceptions from `originalStart` on. */
  async dropFrom(originalStart: string, eventId: number): Promise<void> {
    for (const table of TABLES) {
      await this.unitOfWork.manager.query(
        `DELETE FROM ${table} WHERE event_id = $1 AND original_start >= $2`,
        [eventId, originalStart],
      );
    }
  }

  /** Deletes all rows before it inserts them changed, since the new key of one may be the old key of another. */
  private async replaceAll<T extends OccurrenceOverride | OccurrenceAnswer | RememberedDecline>(
    repository: Repository<T>,
    eventId: number,
    changesOf: (row: T) => object | undefined,
  ): Promise<void> {
    const where = { eventId, originalStart: Not('') } as object;
    const rows = await repository.findBy(where);
    if (rows.length === 0) return;
    await repository.delete(where);
    const kept = rows.flatMap((row) => {
      const changes = changesOf(row);
      return changes === undefined ? [] : [Object.assign(row, changes, { eventId })];
    });
    await repository.insert(kept as Parameters<typeof repository.insert>[0]);
  }
}
