import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../calendar/time/civil-time.js';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { derivedUid, eventOfUid, redactedUid } from '../../model/uid/derived-uid.js';
import { EventUidsRepository } from '../../store/uids/event-uids.repository.js';

/** The UIDs of the events of the current tenant. */
export interface TenantUids {
  /** The UID of an event that no file has named. */
  derived(eventId: number): string;
  /** The UID of one time of an event in the calendar of a user, for readers who see the times alone. */
  redacted(eventId: number, userId: number, originalStart: Instant): string;
  /** The event that the UID names, if it is a derived one of this tenant. The event may not exist. */
  eventIdOf(uid: string): number | null;
}

/** Makes the UIDs of events that no file has named. */
@Injectable()
export class EventUids {
  private installation: Promise<string> | null = null;

  constructor(
    private readonly repository: EventUidsRepository,
    private readonly tenant: CurrentTenant,
  ) {}

  /** The id of the installation never changes, so that one read is enough. */
  async ofTenant(): Promise<TenantUids> {
    this.installation ??= this.repository.installationId();
    const reading = this.installation;
    try {
      return uidsOf(await reading, this.tenant.id);
    } catch (error) {
      if (this.installation === reading) this.installation = null;
      throw error;
    }
  }
}

function uidsOf(installationId: string, tenantId: number): TenantUids {
  return {
    derived: (eventId) => derivedUid(installationId, { tenantId, eventId }),
    redacted: (eventId, userId, originalStart) =>
      redactedUid(installationId, { tenantId, eventId }, userId, originalStart),
    eventIdOf: (uid) => {
      const event = eventOfUid(installationId, uid);
      return event?.tenantId === tenantId ? event.eventId : null;
    },
  };
}
