import { Injectable } from '@nestjs/common';
import { DatabaseOpening } from '../../database/database-opening.js';
import { ChangeEpochsRepository } from '../store/change-epochs.repository.js';

/** Begins a new epoch when a new life of the database has begun. */
@Injectable()
export class ChangeEpochs {
  constructor(
    private readonly epochs: ChangeEpochsRepository,
    opening: DatabaseOpening,
  ) {
    // Before the first change, since a change of a restored database must not get the number of an earlier one.
    opening.onOpen(async () => {
      if (await this.epochs.isDue()) await this.epochs.begin();
    });
  }

  /** Reads within the present epoch. The life of the database may change while the service runs, by a promotion. */
  async within<T extends { readonly epoch: string | null }>(
    read: () => Promise<T>,
  ): Promise<T & { readonly epoch: string }> {
    const first = await read();
    if (first.epoch !== null) return { ...first, epoch: first.epoch };
    await this.epochs.begin();
    const second = await read();
    if (second.epoch === null) throw new Error('The database has no epoch of changes.');
    return { ...second, epoch: second.epoch };
  }
}
