import { setTimeout as sleep } from 'node:timers/promises';
import type { RefusedCall } from './send.js';

/** Counts the responses that are no successes, by their status and code. */
export class Refusals {
  private readonly counts = new Map<string, number>();

  /** Waits for as long as the response asks, as a client does. */
  readonly add = async ({ status, body, headers }: RefusedCall): Promise<void> => {
    const { code = '' }: { code?: string } = headers['content-type']?.includes('json')
      ? JSON.parse(body)
      : {};
    const kind = `${status} ${code}`.trim();
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    await sleep(Number(headers['retry-after'] ?? 0) * 1_000);
  };

  get kinds(): string[] {
    return [...this.counts.keys()];
  }

  /** For the report. */
  get text(): string {
    const counts = [...this.counts].map(([kind, count]) => `${count} × ${kind}`);
    return counts.length > 0 ? counts.join(', ') : 'none';
  }
}
