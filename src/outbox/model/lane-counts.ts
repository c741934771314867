import type { TopicLimits } from './outbox-topic.js';

/** The lanes of a message. */
export interface Lanes {
  readonly lane: string;
  readonly secondLane: string | null;
}

/** Counts the messages under way in each lane of this process, for all topics. */
export class LaneCounts {
  private readonly counts = new Map<string, number>();

  /** The lanes with messages under way, and their numbers. */
  get busy(): Record<string, number> {
    return Object.fromEntries(this.counts);
  }

  /** The lanes that have at least this many messages under way. */
  fullAt(most: number): string[] {
    return [...this.counts].filter(([, count]) => count >= most).map(([lane]) => lane);
  }

  hasSlotFor({ lane, secondLane }: Lanes, { atOnceOfLane, atOnceOfSecondLane }: TopicLimits): boolean {
    return this.of(lane) < atOnceOfLane && (secondLane === null || this.of(secondLane) < atOnceOfSecondLane);
  }

  take(lanes: Lanes): void {
    for (const lane of namesOf(lanes)) this.counts.set(lane, this.of(lane) + 1);
  }

  release(lanes: Lanes): void {
    for (const lane of namesOf(lanes)) {
      if (this.of(lane) > 1) this.counts.set(lane, this.of(lane) - 1);
      else this.counts.delete(lane);
    }
  }

  private of(lane: string): number {
    return this.counts.get(lane) ?? 0;
  }
}

function namesOf({ lane, secondLane }: Lanes): string[] {
  return secondLane === null ? [lane] : [lane, secondLane];
}
