import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { SharedTimeReader } from '../../users/read/shared-time-reader.js';
import { CalendarAccessRepository } from '../store/grants/calendar-access.repository.js';

@Injectable()
export class SharedTimes extends SharedTimeReader {
  constructor(
    private readonly access: CalendarAccessRepository,
    private readonly currentActor: CurrentActor,
  ) {
    super();
  }

  override async hidingAmong(userIds: readonly number[]): Promise<ReadonlySet<number>> {
    const actor = this.currentActor.get();
    if (actor.kind === 'key') return new Set();
    const hidden = await this.access.hiddenOf(actor, userIds);
    return new Set(hidden.filter(({ all }) => all).map(({ userId }) => userId));
  }
}
