import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, MoreThan, Not, Repository } from 'typeorm';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { InviteeStatus } from '../../events/model/event-words.js';
import { Attendee } from '../../events/store/entities/attendee.entity.js';
import type { Invite } from '../model/invite.js';

/** Which invites of a user are asked for. */
export interface InviteFilter {
  readonly status: InviteeStatus | undefined;
  readonly toPublicEventsOnly: boolean;
}

@Injectable()
export class InvitesRepository {
  constructor(
    @InjectRepository(Attendee) private readonly attendees: Repository<Attendee>,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async withId(inviteId: number): Promise<Invite | null> {
    return (await this.repository.findOneBy({ inviteId })) as Invite | null;
  }

  /** The invites of a user after `afterId`, oldest first, at most `limit`. */
  async ofUser(
    userId: number,
    { status, toPublicEventsOnly }: InviteFilter,
    afterId: number,
    limit: number,
  ): Promise<Invite[]> {
    const invites = await this.repository.find({
      where: {
        userId,
        inviteId: afterId > 0 ? MoreThan(afterId) : Not(IsNull()),
        ...(status !== undefined && { status }),
        ...(toPublicEventsOnly && { event: { visibility: 'public' } }),
      },
      order: { inviteId: 'ASC' },
      take: limit,
    });
    return invites as Invite[];
  }

  private get repository(): Repository<Attendee> {
    return this.unitOfWork.repository(this.attendees);
  }
}
