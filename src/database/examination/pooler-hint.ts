import { Injectable, Logger } from '@nestjs/common';
import { errorCode } from '../../platform/error-code.js';
import { isUnknownParameter } from './database-refusal.js';

/** PostgreSQL's invalid_sql_statement_name and duplicate_prepared_statement. */
const PREPARED_ELSEWHERE = new Set<string | null>(['26000', '42P05']);

/** Names DATABASE_POOLER in one log line if errors suggest a pooler in transaction mode before the server. */
@Injectable()
export class PoolerHint {
  private readonly logger = new Logger(PoolerHint.name);
  private given = false;

  notice(error: unknown): void {
    if (this.given || !(PREPARED_ELSEWHERE.has(errorCode(error)) || isUnknownParameter(error))) return;
    this.given = true;
    this.logger.error(
      `Statements reach other sessions than the one that prepared them (${(error as Error).message}): ` +
        'if a pooler in transaction mode stands before PostgreSQL, set DATABASE_POOLER=transaction.',
    );
  }
}
