import { Injectable } from '@nestjs/common';
import { violates } from '../../database/connection/unique-violation.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { normalisedEmail } from '../../platform/mail/email-address.js';
import { externalIdTaken } from '../../platform/values/external-id.js';
import { emailTaken } from '../model/address-change.js';
import { type ResourceValues } from '../model/resources/resource-commands.js';
import { toStoredWorkingHours } from '../model/stored/stored-settings.js';
import { type ResourceKind } from '../model/user-record.js';

/**
 * Writes the users that are rooms or pieces of equipment. None of them allows double booking. An instance of the version
 * before refuses it, too.
 */
@Injectable()
export class ResourcesRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** Adds a resource, whose address `change` sets. @returns its id */
  async add(kind: ResourceKind, name: string): Promise<number> {
    // The normalised address is unique, and no address of a person.
    const [{ id }]: { id: number }[] = await this.unitOfWork.manager.query(
      `INSERT INTO users (tenant_id, kind, name, email, normalised_email, double_booking)
       VALUES ($1, $2, $3, 'new@resource.invalid', 'resource ' || gen_random_uuid(), 'reject')
       RETURNING id`,
      [this.tenant.id, kind, name],
    );
    return id;
  }

  /**
   * Changes a resource.
   * @param verifiedAt when a new address counts as verified; null: it does not
   * @throws {DomainError} conflict `email_taken`, `external_id_taken`
   */
  async change(id: number, values: ResourceValues, verifiedAt: Date | null): Promise<void> {
    const { email, workingHours, availabilityOverrides, away, metadata } = values;
    const columns = {
      name: values.name,
      kind: values.kind,
      email: email === null ? `room-${id}@resource.invalid` : email,
      normalised_email: email && normalisedEmail(email),
      time_zone: values.timeZone,
      working_hours: workingHours && JSON.stringify(workingHours.map(toStoredWorkingHours)),
      availability_overrides: availabilityOverrides && JSON.stringify(availabilityOverrides),
      away: away && JSON.stringify(away),
      external_id: values.externalId,
      metadata: metadata && JSON.stringify(metadata),
    };
    const named = Object.entries(columns).filter(([, value]) => value !== undefined);
    const set = [...named.map(([column], index) => `${column} = $${index + 3}`), 'updated_at = now()'];
    try {
      await this.unitOfWork.manager.query(
        `UPDATE users SET ${set.join(', ')} WHERE tenant_id = $1 AND id = $2`,
        [this.tenant.id, id, ...named.map(([, value]) => value)],
      );
      if (email !== undefined) await this.setAddress(id, email, verifiedAt);
    } catch (error) {
      if (violates(error, 'users_email_key')) throw emailTaken();
      if (violates(error, 'users_external_id_key')) throw externalIdTaken('room');
      throw error;
    }
  }

  /** Corrects the work of the table's trigger. No query finds a resource by the address that the service gives it. */
  private async setAddress(id: number, email: string | null, verifiedAt: Date | null): Promise<void> {
    await this.unitOfWork.manager.query(
      'UPDATE users SET normalised_email = $3, email_verified_at = $4 WHERE tenant_id = $1 AND id = $2',
      [
        this.tenant.id,
        id,
        email === null ? null : normalisedEmail(email),
        email === null ? null : verifiedAt,
      ],
    );
  }
}
