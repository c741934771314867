import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';

/** The answer of a room to an event, or to one occurrence. */
export interface RoomAnswer {
  readonly eventId: number;
  readonly userId: number;
  /** As civil time text; null: the whole event. */
  readonly originalStart: string | null;
  readonly status: 'accepted' | 'needs_action' | 'declined';
}

/** Stores the answers that rooms give by themselves, as a part of a change of the events. */
@Injectable()
export class RoomAnswersRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** Stores answers to whole events. */
  async save(answers: readonly RoomAnswer[]): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE attendees a SET status = answer.status, comment = NULL, updated_at = now()
         FROM unnest($2::integer[], $3::integer[], $4::text[]) AS answer (event_id, user_id, status)
        WHERE a.tenant_id = $1 AND a.event_id = answer.event_id AND a.user_id = answer.user_id`,
      [
        this.tenant.id,
        answers.map(({ eventId }) => eventId),
        answers.map(({ userId }) => userId),
        answers.map(({ status }) => status),
      ],
    );
  }

  /** Stores answers to single occurrences. */
  async saveAtOccurrences(answers: readonly RoomAnswer[]): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE occurrence_answers x SET status = answer.status, comment = NULL, updated_at = now()
         FROM unnest($2::integer[], $3::integer[], $4::text[], $5::text[]) AS answer (event_id, user_id, original_start, status)
        WHERE x.tenant_id = $1 AND x.event_id = answer.event_id AND x.user_id = answer.user_id
          AND x.original_start = answer.original_start`,
      [
        this.tenant.id,
        answers.map(({ eventId }) => eventId),
        answers.map(({ userId }) => userId),
        answers.map(({ originalStart }) => originalStart),
        answers.map(({ status }) => status),
      ],
    );
  }
}
