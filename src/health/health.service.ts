import { Injectable } from '@nestjs/common';
import { firstValueFrom, from, timeout } from 'rxjs';
import { DatabaseHealth } from '../database/database-health.js';
import { ServiceUnavailable } from '../errors/service-unavailable.js';
import { Admission } from '../http/load/admission.js';

/** Shorter than the time-outs of probes. */
const PATIENCE_MS = 2_000;

@Injectable()
export class HealthService {
  constructor(
    private readonly database: DatabaseHealth,
    private readonly admission: Admission,
  ) {}

  /**
   * Rejects if the service has no database yet, if the database does not answer or takes no writes, and once the process
   * is about to end.
   * @throws {ServiceUnavailable}
   */
  async expectReady(): Promise<void> {
    if (this.admission.draining)
      throw new ServiceUnavailable('shutting_down', 'This instance is shutting down.');
    if (this.admission.notYet !== null)
      throw new ServiceUnavailable('database_unavailable', this.admission.notYet);
    const result = from(this.database.takesWrites()).pipe(timeout(PATIENCE_MS));
    const takesWrites = await firstValueFrom(result).catch(() => {
      throw new ServiceUnavailable('database_unavailable', 'The database does not answer.');
    });
    if (!takesWrites)
      throw new ServiceUnavailable('database_read_only', 'The database takes no writes at the moment.');
  }
}
