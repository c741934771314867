import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ChangeFeed, type ChangeListener } from '../../changes/change-feed.js';
import { RoundRobinAssignmentsRepository } from '../store/round-robin-assignments.repository.js';

/** Removes the assignments of deleted users. */
@Injectable()
export class AssignmentsOfChanges implements Partial<ChangeListener>, OnModuleInit {
  constructor(
    private readonly feed: ChangeFeed,
    private readonly assignments: RoundRobinAssignmentsRepository,
  ) {}

  onModuleInit(): void {
    this.feed.subscribe(this);
  }

  async userDeleted(userId: number): Promise<void> {
    await this.assignments.removeOf(userId);
  }
}
