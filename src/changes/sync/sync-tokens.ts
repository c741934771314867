import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DAY, MINUTE } from '../../calendar/time/civil-time.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { DomainError, invalidInput } from '../../errors/domain-error.js';
import { Clock } from '../../platform/clock/clock.js';
import { SigningKeys } from '../../platform/secrets/signing-keys.js';
import { seal, unseal } from './sealed-text.js';
import { lengthened, shortened } from './snapshot-text.js';
import type { PositionCheck, SyncBinding, SyncPage, SyncPosition, Witness } from './sync-position.js';

/**
 * Milliseconds.
 * @public `docs/limits.md` lists it.
 */
export const MAX_SYNC_TOKEN_AGE = 30 * DAY;

/** Milliseconds. The log keeps a witness for longer than a token that names it lasts. */
const MAX_WITNESS_AGE = 300 * DAY;

/** Milliseconds by which the clocks of two instances may differ. */
const CLOCK_TOLERANCE = MINUTE;

/** The content of a token. `since` and `after` are those of a page. */
type Content = readonly [
  binding: string,
  epoch: string,
  snapshot: string,
  issuedAt: number,
  witness: number | null,
  witnessAt: number | null,
  mark: number | null,
  markAt: number | null,
  page?: readonly [since: string | null, after: number],
];

/** Issues and reads the tokens of incremental lists. */
@Injectable()
export class SyncTokens {
  constructor(
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
    private readonly tenant: CurrentTenant,
  ) {}

  /** The token with which a client asks for the changes since a position. */
  issue(position: SyncPosition, binding: SyncBinding): string {
    return seal(JSON.stringify(this.contentOf(position, binding)), this.keys);
  }

  /** The token of the next page of a list. */
  issuePage({ first, since, after }: SyncPage, binding: SyncBinding): string {
    const page = [since === null ? null : shortened(since), after] as const;
    return seal(JSON.stringify([...this.contentOf(first, binding), page]), this.keys);
  }

  /**
   * The position of a token.
   * @throws {DomainError} expired `sync_token_expired`, if the token is too old or no token of this service; invalid
   * `sync_token_mismatch`, if it is the token of another list, other parameters, another viewer or another tenant
   */
  read(token: string, binding: SyncBinding): SyncPosition {
    const content = this.opened(token);
    if (content?.length !== 8) throw syncTokenExpired();
    if (content[0] !== this.digestOf(binding)) throw syncTokenMismatch();
    return this.positionOf(content);
  }

  /**
   * The page of a token.
   * @param since the position of the token of the list; null: the list has everything
   * @throws {DomainError} invalid, naming `page_token`; expired `sync_token_expired`
   */
  readPage(token: string, binding: SyncBinding, since: SyncPosition | null): SyncPage {
    const content = this.opened(token);
    const page = content?.[8];
    const expected = since === null ? null : shortened(since.snapshot);
    if (!content || !page || content[0] !== this.digestOf(binding) || page[0] !== expected)
      throw invalidInput({ field: 'page_token', message: 'is not the token of a page of this list' });
    return { first: this.positionOf(content), since: since?.snapshot ?? null, after: page[1] };
  }

  /**
   * The position that a statement has read up to.
   * @param read the position that a client has read up to; null: none
   * @throws {DomainError} expired `sync_token_expired`, if the log cannot give all changes since `read`
   */
  advanced(read: SyncPosition | null, check: PositionCheck & { readonly epoch: string }): SyncPosition {
    const { epoch, snapshot, newest, mark, purged, ahead, unwitnessed } = check;
    if (read && (read.epoch !== epoch || purged || ahead || unwitnessed)) throw syncTokenExpired();
    const issuedAt = this.clock.now().getTime();
    const witness = newest && newest.at > issuedAt - MAX_WITNESS_AGE ? newest : null;
    return { epoch, snapshot, issuedAt, witness, mark };
  }

  private contentOf(
    { epoch, snapshot, issuedAt, witness, mark }: SyncPosition,
    binding: SyncBinding,
  ): Content {
    const seen = [
      witness?.sequence ?? null,
      witness?.at ?? null,
      mark?.sequence ?? null,
      mark?.at ?? null,
    ] as const;
    return [this.digestOf(binding), epoch, shortened(snapshot), issuedAt, ...seen];
  }

  private opened(token: string): Content | null {
    const text = unseal(token, this.keys);
    return text === null ? null : (JSON.parse(text) as Content);
  }

  /** @throws {DomainError} expired `sync_token_expired` */
  private positionOf([, epoch, snapshot, issuedAt, witness, witnessAt, mark, markAt]: Content): SyncPosition {
    const age = this.clock.now().getTime() - issuedAt;
    if (age >= MAX_SYNC_TOKEN_AGE || age < -CLOCK_TOLERANCE) throw syncTokenExpired();
    return {
      epoch,
      snapshot: lengthened(snapshot),
      issuedAt,
      witness: rowOf(witness, witnessAt),
      mark: rowOf(mark, markAt),
    };
  }

  private digestOf({ list, parameters, viewer }: SyncBinding): string {
    const named = Object.entries(parameters).toSorted(([a], [b]) => (a < b ? -1 : 1));
    const text = JSON.stringify([this.tenant.id, list, named, viewer]);
    return createHash('sha256').update(text).digest('base64url').slice(0, 22);
  }
}

/** The refusal of a token from which the service cannot continue. The client begins again with an empty token. */
export function syncTokenExpired(): DomainError {
  return new DomainError(
    'expired',
    'sync_token_expired',
    'The service cannot continue from this sync token. Synchronize again from an empty `sync_token`, and replace the copy by the full list.',
    [{ field: 'sync_token', message: 'has expired' }],
  );
}

/** The refusal of a token that belongs to another list. */
export function syncTokenMismatch(): DomainError {
  const message = 'belongs to another list, other parameters or another viewer';
  return new DomainError('invalid', 'sync_token_mismatch', `sync_token: ${message}`, [
    { field: 'sync_token', message },
  ]);
}

function rowOf(sequence: number | null, at: number | null): Witness | null {
  return sequence === null || at === null ? null : { sequence, at };
}
