import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CurrentTenant, DEFAULT_TENANT_ID } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { TooManyAttemptsError } from '../../errors/too-many-attempts-error.js';
import { Clock } from '../../platform/clock/clock.js';
import {
  type AttemptCount,
  type AttemptLimit,
  type AttemptSubject,
  secondsToWait,
} from '../model/attempt-limit.js';
import { LoginAttemptsRepository } from '../store/login-attempts.repository.js';

/** Counts attempts in PostgreSQL, so that instances share the counts. */
@Injectable()
export class AttemptLimitsService {
  constructor(
    private readonly attempts: LoginAttemptsRepository,
    private readonly tenant: CurrentTenant,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts an attempt of each subject, including subjects beyond their limit. The first attempt of a subject starts its
   * period.
   * @param period milliseconds
   * @param refusal the detail of the error
   * @throws {TooManyAttemptsError} if a subject is beyond its limit
   */
  async count(limits: readonly AttemptLimit[], period: number, refusal: string): Promise<void> {
    const seconds = await this.secondsToWait(limits, period);
    if (seconds !== null) throw new TooManyAttemptsError('too_many_attempts', refusal, seconds);
  }

  /** Counts an attempt as `count` does. @returns whether a subject is beyond its limit */
  async countExceeds(limits: readonly AttemptLimit[], period: number): Promise<boolean> {
    return (await this.secondsToWait(limits, period)) !== null;
  }

  private async secondsToWait(limits: readonly AttemptLimit[], period: number): Promise<number | null> {
    const now = this.clock.now();
    const resetsAt = new Date(now.getTime() + period);
    await this.attempts.removeExpired(now);
    const hashedLimits = limits.map((limit) => this.hashed(limit));
    const counts: AttemptCount[] = [];
    for (const tenantId of new Set(hashedLimits.map((limit) => limit.tenantId))) {
      const ofTenant = hashedLimits.filter((limit) => limit.tenantId === tenantId);
      const subjects = ofTenant.map(({ subject }) => subject);
      const count = async () => this.attempts.count(subjects, now, resetsAt);
      counts.push(...(await this.tenant.run(tenantId, async () => this.unitOfWork.run(count))));
    }
    return secondsToWait(hashedLimits, counts, now);
  }

  /** Sets the count of the subject to zero. */
  async reset(subject: AttemptSubject): Promise<void> {
    const { tenantId, subject: hash } = this.hashed(subject);
    await this.tenant.run(tenantId, async () => this.attempts.remove(hash));
  }

  /** Subtracts one attempt of the subject. */
  async subtract(subject: AttemptSubject): Promise<void> {
    const { tenantId, subject: hash } = this.hashed(subject);
    await this.tenant.run(tenantId, async () => this.attempts.subtract(hash));
  }

  /**
   * The tenant that has the count, and the hash of the subject. The hashes of each tenant differ, since an index for the
   * previous version does not include the tenant.
   */
  private hashed<T extends AttemptSubject>(subject: T): T & { readonly tenantId: number } {
    const tenantId = subject.inAllTenants ? DEFAULT_TENANT_ID : this.tenant.id;
    const text = tenantId === DEFAULT_TENANT_ID ? subject.subject : `tenant ${tenantId} ${subject.subject}`;
    return { ...subject, tenantId, subject: createHash('sha256').update(text).digest('base64url') };
  }
}
