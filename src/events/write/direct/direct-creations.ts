import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { Configuration } from '../../../platform/configuration/configuration.js';
import { DirectoryService } from '../../../users/read/directory.service.js';
import type { CreatedEventView } from '../../model/booked-event.js';
import type { NewSeries } from '../../model/commands.js';
import { KnownConflictDetails } from '../../read/conflicts/known-conflict-details.service.js';
import { EventViewsService } from '../../read/event-views.service.js';
import { CreationsInMemory } from '../creations-in-memory.js';
import { CombinedCreations } from './combined-creations.js';
import { isPlain } from './known-creation.js';

/**
 * Creates plain events in one statement, by calendars in memory. `SeriesStore` creates all others, and makes each refusal: its
 * decisions are the reference.
 */
@Injectable()
export class DirectCreations extends CreationsInMemory {
  constructor(
    private readonly creations: CombinedCreations,
    private readonly conflictDetails: KnownConflictDetails,
    private readonly views: EventViewsService,
    private readonly directory: DirectoryService,
    private readonly unitOfWork: UnitOfWork,
    private readonly configuration: Configuration,
  ) {
    super();
  }

  override async create(series: NewSeries): Promise<CreatedEventView | null> {
    const isDirect =
      this.configuration.calendarCacheBytes > 0 &&
      !this.unitOfWork.running &&
      this.directory.seesEverybody() &&
      isPlain(series);
    const created = isDirect ? await this.creations.create(series) : null;
    if (created === null) return null;
    const { record } = created;
    const [view] = await this.views.fullViewsOf([record]);
    const explained = await this.conflictDetails.explain(created);
    const { checkedUntil: conflictsCheckedUntil } = created;
    return { view, conflicts: explained, conflictsCheckedUntil, skipped: null, warnings: [] };
  }
}
