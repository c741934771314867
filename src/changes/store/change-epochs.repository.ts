import { Injectable } from '@nestjs/common';
import { NO_TIMEOUTS } from '../../database/session/session-settings.js';
import { UnitOfWork } from '../../database/unit-of-work.js';

/** SQL of the timeline of the server. The control file has that of a promotion only after a checkpoint; a standby has no other. */
const TIMELINE = `CASE WHEN pg_is_in_recovery()
    THEN (SELECT lpad(upper(to_hex(timeline_id)), 8, '0') FROM pg_control_checkpoint())
    ELSE left(pg_walfile_name(pg_current_wal_lsn()), 8) END`;

/** SQL of what tells two lives of a database apart: the server, the database, and the timeline. */
const FINGERPRINT = `concat_ws(' ', (SELECT system_identifier FROM pg_control_system()),
  (SELECT oid FROM pg_database WHERE datname = current_database()), ${TIMELINE})`;

/** SQL of the present epoch; null: another life of the database has begun. */
export const PRESENT_EPOCH = `(SELECT epoch FROM change_epochs WHERE fingerprint = ${FINGERPRINT})`;

const TAKES_WRITES = `NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off'`;

/** More than the transactions of a server in its life. */
const NUMBERS_OF_A_LIFE = 2 ** 48;

const LOG = ['event_changes', 'event_previous_rows', 'grant_changes', 'account_protections'] as const;

/** Keeps the present epoch. */
@Injectable()
export class ChangeEpochsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Whether a new life of the database has begun, and its epoch has not. A standby has the epoch of its primary, and a server
   * that takes no writes begins none.
   */
  async isDue(): Promise<boolean> {
    const [{ due }] = await this.unitOfWork.manager.query(
      `SELECT ${PRESENT_EPOCH} IS NULL AND ${TAKES_WRITES} AS due`,
    );
    return due as boolean;
  }

  /** Whether the server takes writes: it is no standby, and not read-only. */
  async takesWrites(): Promise<boolean> {
    const [{ writable }] = await this.unitOfWork.manager.query(`SELECT ${TAKES_WRITES} AS writable`);
    return writable as boolean;
  }

  /**
   * Begins a new epoch, unless another instance has begun it. Numbers of transactions that this life of the database may
   * still give become negative, so that no change gets the number of another one. Waits for the changes in progress.
   */
  async begin(): Promise<void> {
    await this.unitOfWork.run(async () => {
      const { manager } = this.unitOfWork;
      await manager.query(`LOCK TABLE ${LOG.join(', ')} IN SHARE ROW EXCLUSIVE MODE`);
      if (!(await this.isDue())) return;
      await manager.query(NO_TIMEOUTS);
      for (const table of LOG) {
        await manager.query(
          `UPDATE ${table} -- all tenants
              SET xid = xid - ${NUMBERS_OF_A_LIFE} WHERE xid >= pg_current_xact_id()::text::bigint`,
        );
      }
      await manager.query('DELETE FROM change_floors -- all tenants');
      await manager.query('DELETE FROM change_epochs');
      await manager.query(
        `INSERT INTO change_epochs (epoch, fingerprint) SELECT gen_random_uuid(), ${FINGERPRINT}`,
      );
    });
  }
}
