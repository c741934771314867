import { QueryFailedError } from 'typeorm';
import { errorCode } from '../../platform/error-code.js';

/**
 * PostgreSQL's serialization_failure and deadlock_detected: the same work may succeed the next time. And
 * foreign_key_violation: another transaction removed a row between its check and its use, as the erasure of a tenant does.
 * The next time the check finds no row, and refuses the request by its own error.
 */
const RETRYABLE = new Set(['40001', '40P01', '23503']);

/**
 * The unique indexes for the version before. If two transactions insert one row at the same time, one of them may fail at
 * such an index, since `ON CONFLICT` names another one. The row exists the next time.
 */
const INDEX_FOR_VERSION_BEFORE = /_before_tenants_key$/;

/**
 * Two transactions gave two events the same external id. The next time, the check finds the event of the other
 * transaction, and refuses the request by its own error.
 */
const EXTERNAL_IDS_OF_EVENTS = /^events_external_id_key$/;

/** Whether a transaction that failed by this error may succeed, or fail by another error, if it runs again. */
export function isRetryable(error: unknown): boolean {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (RETRYABLE.has(errorCode(cause) ?? '')) return true;
  const { constraint } = Object(cause) as { readonly constraint?: string };
  return [INDEX_FOR_VERSION_BEFORE, EXTERNAL_IDS_OF_EVENTS].some((index) => index.test(constraint ?? ''));
}
