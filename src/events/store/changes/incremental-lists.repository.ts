import { Injectable } from '@nestjs/common';
import type { CalendarAccess } from '../../../calendars/model/grants/calendar-access.js';
import type { PositionCheck, SyncPosition } from '../../../changes/sync/sync-position.js';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import type { EventHistory, ListOfEntries } from '../../model/changes/entry-history.js';
import type { PartialEventRecord } from '../../model/event-record.js';
import { type EventRows, eventRecordsOf } from '../event-rows.js';
import { ENDED_GRANTS, incrementalQuery, type KindOfList } from './incremental-query.js';

/** Selects a page of an incremental list. */
export interface IncrementalPageQuery {
  readonly list: ListOfEntries;
  /** The id of the viewer, whose entries the histories have; null: the viewer is no user. */
  readonly viewerId: number | null;
  /** The most attendees that are shown of an event; null: all. */
  readonly maxAttendees: number | null;
  readonly after: number;
  readonly limit: number;
  /** The most attendees of all events. A page has at least one event. */
  readonly maxWeight: number;
  /** The position that the client has read up to; null: none. */
  readonly read: SyncPosition | null;
  /** Whether the page has only the changes since this position. */
  readonly changed: boolean;
}

/** The role that a grant gave on a calendar that was deleted. */
export interface EndedGrant extends CalendarAccess {
  readonly calendarId: number;
  /** Null: the tenant. */
  readonly userId: number | null;
}

/** A page as one snapshot shows it. */
export interface IncrementalRows {
  readonly position: PositionCheck;
  /** Those that the list has now. */
  readonly events: PartialEventRecord[];
  /** Of each event of the page, also of those that the list has no more; empty without a position. */
  readonly histories: readonly EventHistory[];
  /** The id of the last event of the page, also if the list has it no more; null: the page is empty. */
  readonly last: number | null;
  readonly more: boolean;
}

type Row = EventRows & Omit<IncrementalRows, 'events'>;

/** Reads incremental lists. The primary answers: a replica may be behind the position of a client. */
@Injectable()
export class IncrementalListsRepository {
  private readonly statements = new Map<string, string>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  async page(query: IncrementalPageQuery): Promise<IncrementalRows> {
    const { list, viewerId, maxAttendees, after, limit, maxWeight, read } = query;
    const [{ position, histories, last, more, ...rows }] = await this.unitOfWork.prepared<Row>(
      this.statementOf(query),
      [
        this.tenant.id,
        list.userId,
        list.calendarId,
        viewerId,
        maxAttendees,
        after,
        limit,
        read?.snapshot ?? null,
        read?.witness?.sequence ?? null,
        read?.witness?.at ?? null,
        maxWeight,
        read?.mark?.sequence ?? null,
        read?.mark?.at ?? null,
      ],
    );
    return { position, histories, last, more, events: eventRecordsOf(rows) };
  }

  /** The grants to a viewer, and to the tenant, that ended with their calendars since a snapshot. @param viewerId null: no user */
  async endedGrants(viewerId: number | null, since: string): Promise<EndedGrant[]> {
    return this.unitOfWork.prepared(ENDED_GRANTS, [this.tenant.id, viewerId, since]);
  }

  private statementOf({ list, changed, maxAttendees }: IncrementalPageQuery) {
    const kind = kindOf(list);
    const short = maxAttendees !== null;
    const name = `${changed ? 'changes_since' : 'all_synced'}_of_${kind}${short ? '_in_short' : ''}`;
    const text = this.statements.get(name) ?? incrementalQuery(kind, changed, short);
    this.statements.set(name, text);
    return { name, text };
  }
}

function kindOf({ userId, calendarId }: ListOfEntries): KindOfList {
  if (userId === null) return 'tenant';
  return calendarId === null ? 'user' : 'calendar';
}
