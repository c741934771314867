import { Injectable } from '@nestjs/common';
import type { FreeBusy } from '../../../src/scheduling/free-busy/free-busy.service.js';
import type { FreeBusyQuery } from '../../../src/scheduling/free-busy/free-busy-query.js';

export * from '../../../src/scheduling/free-busy/free-busy.service.js';

/** Answers without the database: nobody is busy. */
@Injectable()
export class FreeBusyService {
  async ofUsers({ userIds }: FreeBusyQuery): Promise<FreeBusy[]> {
    return userIds.map((userId) => ({ userId, busy: [], intervals: [], code: null }));
  }
}
