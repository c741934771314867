import type { Component, ContentLine } from '../model/content-line.js';
import { MAX_KEPT_LENGTH } from '../model/icalendar-limits.js';
import type { KeptContent } from '../model/kept-content.js';
import type { ReadingNotes } from '../model/reading-notes.js';
import type { VEvent } from './vevent.js';

/**
 * Kept content within `MAX_KEPT_LENGTH`: without the longest properties and components of no group, as many as necessary.
 * The reader notes each.
 * @example withinKeptLength(kept, notes, vevent)
 */
export function withinKeptLength(
  kept: KeptContent,
  notes: ReadingNotes,
  { line, size }: Pick<VEvent, 'line' | 'size'>,
): KeptContent {
  if (size * MOST_TIMES_LONGER <= MAX_KEPT_LENGTH) return kept;
  let length = lengthOf(kept);
  if (length <= MAX_KEPT_LENGTH) return kept;
  const { groups = {}, others = [], components = [] } = kept;
  const dropped = new Set<unknown>();
  const parts = [...others, ...components, ...Object.values(groups)];
  for (const part of parts.toSorted((a, b) => lengthOf(b) - lengthOf(a))) {
    if (length <= MAX_KEPT_LENGTH) break;
    dropped.add(part);
    length -= lengthOf(part);
    notes.warn('content_dropped', `${nameOf(part)} is too long and was left out.`, line);
  }
  return {
    ...kept,
    groups: Object.fromEntries(Object.entries(groups).filter(([, lines]) => !dropped.has(lines))),
    others: others.filter((part) => !dropped.has(part)),
    components: components.filter((part) => !dropped.has(part)),
  };
}

/** Kept content is JSON, which adds names and brackets to each short property. */
const MOST_TIMES_LONGER = 16;

function nameOf(part: ContentLine | Component | readonly ContentLine[]): string {
  return 'name' in part ? part.name : (part[0]?.name ?? 'A property');
}

function lengthOf(content: unknown): number {
  return JSON.stringify(content).length;
}
