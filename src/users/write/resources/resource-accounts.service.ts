import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../../access/current-actor.js';
import { ChangeFeed } from '../../../changes/change-feed.js';
import { Clock } from '../../../platform/clock/clock.js';
import { type ResourceValues } from '../../model/resources/resource-commands.js';
import { type ResourceKind } from '../../model/user-record.js';
import { ResourcesRepository } from '../../store/resources.repository.js';

/** Creates and changes the users that are rooms or pieces of equipment. Does not check access. */
@Injectable()
export class ResourceAccountsService {
  constructor(
    private readonly resources: ResourcesRepository,
    private readonly currentActor: CurrentActor,
    private readonly feed: ChangeFeed,
    private readonly clock: Clock,
  ) {}

  /** Creates a resource in the running transaction. @returns its id @throws as `change` */
  async create(kind: ResourceKind, name: string, values: ResourceValues): Promise<number> {
    const id = await this.resources.add(kind, name);
    await this.change(id, { email: null, ...values });
    this.feed.userCreated(id);
    return id;
  }

  /**
   * Changes a resource in the running transaction. An address that an API key sets counts as verified.
   * @throws {DomainError} conflict `email_taken`, `external_id_taken`
   */
  async change(id: number, values: ResourceValues): Promise<void> {
    if (Object.values(values).every((value) => value === undefined)) return;
    const verifiedAt = this.currentActor.get().kind === 'key' ? this.clock.now() : null;
    await this.resources.change(id, values, verifiedAt);
  }
}
