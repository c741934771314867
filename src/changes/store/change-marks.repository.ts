import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work.js';

/** Keeps the marks of the life of the database. */
@Injectable()
export class ChangeMarksRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Adds a mark, unless there is one of the last seconds. */
  async add(seconds: number): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO change_marks (at) SELECT clock_timestamp()
        WHERE NOT EXISTS (SELECT FROM change_marks WHERE at > clock_timestamp() - make_interval(secs => $1))`,
      [seconds],
    );
  }

  /** Removes the marks from before an instant. */
  async removeBefore(instant: Date): Promise<void> {
    await this.unitOfWork.manager.query('DELETE FROM change_marks WHERE at < $1', [instant]);
  }
}
