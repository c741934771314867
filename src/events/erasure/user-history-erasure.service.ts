import { Injectable } from '@nestjs/common';
import { ErasedHistoryRepository } from '../store/changes/erased-history.repository.js';
import type { ErasureOfEvents } from './user-events-erasure.service.js';

/** Erases what the history of events has of a deleted user alone. */
@Injectable()
export class UserHistoryErasureService {
  constructor(private readonly history: ErasedHistoryRepository) {}

  /** Erases the former texts, and values of the product, of the events that the user organizes, or organized when they were deleted. */
  texts(userId: number): ErasureOfEvents {
    return {
      next: async (after, limit) => this.history.organizedEvents(userId, after, limit),
      change: async (ids) => this.history.eraseTexts(ids),
    };
  }

  /** Erases the previous answers and comments of the user. */
  attendance(userId: number): ErasureOfEvents {
    return {
      next: async (after, limit) => this.history.attendedEvents(userId, after, limit),
      change: async (ids) => this.history.eraseAttendance(ids, userId),
    };
  }

  /** Forgets which changes the user made. The ids are the numbers of the changes. */
  authorship(userId: number): ErasureOfEvents {
    return {
      next: async (after, limit) => this.history.changesBy(userId, after, limit),
      change: async (ids) => this.history.eraseAuthor(ids),
    };
  }
}
