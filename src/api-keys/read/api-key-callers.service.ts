import { Injectable, Logger } from '@nestjs/common';
import type { CallerKey } from '../../access/actor.js';
import { MINUTE } from '../../calendar/time/civil-time.js';
import { Clock } from '../../platform/clock/clock.js';
import { RecentEntries } from '../../platform/values/recent-entries.js';
import { hasHash, hashOfApiKey, prefixOf } from '../model/api-key-text.js';
import { ApiKeysRepository, type StoredKey } from '../store/api-keys.repository.js';

/** Milliseconds between two records of the use of a key: each record writes a row. */
const USE_INTERVAL = MINUTE;

/** The most keys of which an instance knows that they were valid: enough for every key of an installation in use. */
const MAX_KNOWN_KEYS = 10_000;

type KnownKey = Pick<CallerKey, 'id' | 'tenantId'>;

/**
 * Identifies callers by their API keys. Each request reads the key again, so a revocation takes effect at once on every
 * instance.
 */
@Injectable()
export class ApiKeyCallersService {
  private readonly logger = new Logger(ApiKeyCallersService.name);
  /** Keys that were valid, by hash. They decide nothing but which rate limit a request counts for. */
  private readonly known = new RecentEntries<string, KnownKey>(MAX_KNOWN_KEYS);

  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly clock: Clock,
  ) {}

  /** The key with this text; null if there is none, or if it is revoked or has expired. */
  async withText(text: string): Promise<CallerKey | null> {
    const stored = (await this.keys.withPrefix(prefixOf(text))).find(({ hash }) => hasHash(text, hash));
    const key = this.valid(stored ?? null);
    if (key === null) this.known.delete(hashOfApiKey(text));
    else this.known.set(hashOfApiKey(text), { id: key.id, tenantId: key.tenantId });
    return key;
  }

  /** The key of an exchanged token; null as above. */
  async withId(tenantId: number, id: number): Promise<CallerKey | null> {
    return this.valid(await this.keys.withId(tenantId, id));
  }

  /** The key if it was valid at its last request to this instance; null otherwise. Does not query the database. */
  knownKey(text: string): KnownKey | null {
    return this.known.get(hashOfApiKey(text)) ?? null;
  }

  private valid(stored: StoredKey | null): CallerKey | null {
    const now = this.clock.now();
    if (stored === null || (stored.expiresAt !== null && stored.expiresAt <= now)) return null;
    this.recordUse(stored, now);
    const { id, tenantId, prefix, scopes, expiresAt } = stored;
    return { id, tenantId, prefix, scopes: new Set(scopes), expiresAt };
  }

  /** Beside the request: a request that reads must not fail because the database is read-only. */
  private recordUse(key: StoredKey, now: Date): void {
    const cutOff = new Date(now.getTime() - USE_INTERVAL);
    if (key.lastUsedAt !== null && key.lastUsedAt > cutOff) return;
    this.keys.recordUse(key, now, cutOff).catch((error: unknown) => {
      this.logger.debug(error);
    });
  }
}
