import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Not, Repository } from 'typeorm';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { OccurrenceAnswerRecord, OverrideRecord } from '../model/event-record.js';
import type { Rekeying } from '../model/rekeying.js';
import { columnsOfEntity } from './columns.js';
import { GuestAnswer } from './entities/guest-answer.entity.js';
import { OccurrenceAnswer } from './entities/occurrence-answer.entity.js';
import { OccurrenceOverride } from './entities/occurrence-override.entity.js';
import { RememberedDecline } from './entities/remembered-decline.entity.js';
import { ANSWER, type OccurrenceOverrideRow } from './event-tables.js';
import { overrideColumnsOf } from './time-columns.js';

type NewOverrideRow = OccurrenceOverrideRow & Pick<OccurrenceOverride, 'content'>;

const NEW_OVERRIDE = columnsOfEntity<NewOverrideRow, OccurrenceOverride>(OccurrenceOverride, {
  tenantId: 'left out',
  createdAt: 'left out',
  updatedAt: 'left out',
});

const INSERT_OVERRIDES = NEW_OVERRIDE.insert(NEW_OVERRIDE.names);
const INSERT_ANSWERS = ANSWER.insert(ANSWER.names);

/** The tables with rows of single occurrences. */
const TABLES = ['occurrence_overrides', 'occurrence_answers', 'remembered_declines'];

/** A record of one occurrence, with its event. */
type OfEvent<T> = T & { readonly eventId: number };

/** Keeps the records of single occurrences: overrides, answers, and the declines of users who no longer attend. */
@Injectable()
export class OccurrenceRecordsRepository {
  constructor(
    @InjectRepository(OccurrenceOverride) private readonly overrides: Repository<OccurrenceOverride>,
    @InjectRepository(OccurrenceAnswer) private readonly answers: Repository<OccurrenceAnswer>,
    @InjectRepository(GuestAnswer) private readonly guestAnswers: Repository<GuestAnswer>,
    @InjectRepository(RememberedDecline) private readonly declines: Repository<RememberedDecline>,
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  async saveOverride(eventId: number, override: OverrideRecord): Promise<void> {
    await this.unitOfWork
      .repository(this.overrides)
      .upsert({ ...overrideColumnsOf(override), tenantId: this.tenant.id, eventId }, [
        'tenantId',
        'eventId',
        'originalStart',
      ]);
  }

  async saveAnswer(eventId: number, answer: OccurrenceAnswerRecord): Promise<void> {
    await this.unitOfWork
      .repository(this.answers)
      .upsert({ ...answer, tenantId: this.tenant.id, eventId }, [
        'tenantId',
        'eventId',
        'userId',
        'originalStart',
      ]);
  }

  /** Saves the overrides of new events in one statement, however many there are. */
  async addOverrides(
    overrides: readonly OfEvent<OverrideRecord & Pick<OccurrenceOverride, 'content'>>[],
  ): Promise<void> {
    if (overrides.length === 0) return;
    const rows = overrides.map(({ eventId, content, ...override }) => ({
      ...overrideColumnsOf(override),
      eventId,
      content,
    }));
    await this.unitOfWork.manager.query(INSERT_OVERRIDES, [
      this.tenant.id,
      NEW_OVERRIDE.rowsInJson(NEW_OVERRIDE.names, rows),
    ]);
  }

  /** Saves the answers to occurrences of new events in one statement, however many there are. */
  async addAnswers(answers: readonly OfEvent<OccurrenceAnswerRecord>[]): Promise<void> {
    if (answers.length === 0) return;
    await this.unitOfWork.manager.query(INSERT_ANSWERS, [
      this.tenant.id,
      ANSWER.rowsInJson(ANSWER.names, answers),
    ]);
  }

  /** Replaces the overrides of an event by those with a new key, and gives every other record its new key. */
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
    await this.replaceAll(this.unitOfWork.repository(this.guestAnswers), eventId, rekeyed);
    await this.replaceAll(this.unitOfWork.repository(this.declines), eventId, rekeyed);
  }

  /** Moves the records, but those of guests, from `originalStart` on to another event with the same attendees. */
  async moveFrom(originalStart: string, eventId: number, toEventId: number): Promise<void> {
    for (const table of TABLES) {
      await this.unitOfWork.manager.query(
        `UPDATE ${table} SET event_id = $4 WHERE tenant_id = $1 AND event_id = $2 AND original_start >= $3`,
        [this.tenant.id, eventId, originalStart, toEventId],
      );
    }
  }

  /** Drops the records from `originalStart` on. */
  async dropFrom(originalStart: string, eventId: number): Promise<void> {
    for (const table of [...TABLES, 'guest_answers']) {
      await this.unitOfWork.manager.query(
        `DELETE FROM ${table} WHERE tenant_id = $1 AND event_id = $2 AND original_start >= $3`,
        [this.tenant.id, eventId, originalStart],
      );
    }
  }

  /** Deletes all rows before it inserts them changed, since the new key of one may be the old key of another. */
  private async replaceAll<T extends OccurrenceOverride | OccurrenceAnswer | GuestAnswer | RememberedDecline>(
    repository: Repository<T>,
    eventId: number,
    changesOf: (row: T) => object | undefined,
  ): Promise<void> {
    const where = { tenantId: this.tenant.id, eventId, originalStart: Not('') } as object;
    const rows = await repository.findBy(where);
    if (rows.length === 0) return;
    await repository.delete(where);
    const kept = rows.flatMap((row) => {
      const changes = changesOf(row);
      return changes === undefined ? [] : [Object.assign(row, changes, { eventId })];
    });
    await repository.insert(kept);
  }
}
