import { Injectable } from '@nestjs/common';
import { firstValueFrom, from, timeout } from 'rxjs';
import { DataSource } from 'typeorm';
import { Admission } from '../common/load/admission.js';
import { ServiceUnavailable } from '../common/load/service-unavailable.js';

/** Shorter than the patience of whoever probes. */
const PATIENCE_MS = 2_000;

@Injectable()
export class HealthService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly admission: Admission,
  ) {}

  /** Rejects while the database does not answer, and once the process is about to end. */
  async expectReady(): Promise<void> {
    if (this.admission.draining) {
      throw new ServiceUnavailable('shutting_down', 'This instance is shutting down.');
    }
    await firstValueFrom(from(this.dataSource.query('SELECT 1')).pipe(timeout(PATIENCE_MS))).catch(() => {
      throw new ServiceUnavailable('database_unavailable', 'The database does not answer.');
    });
  }
}
