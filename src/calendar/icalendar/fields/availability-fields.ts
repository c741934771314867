import type { ShowAs } from '../../availability/free-busy.js';
import { instantOf, instantText } from '../content/time-values.js';
import type { ContentLine } from '../model/content-line.js';
import type { ICalendarEvent, Revision } from '../model/icalendar-event.js';
import type { FieldForm } from './field-form.js';

/** X-MICROSOFT-CDO-BUSYSTATUS, as Outlook and Exchange write it. */
const BUSY_STATUS = 'X-MICROSOFT-CDO-BUSYSTATUS';

/**
 * STATUS and TRANSP (RFC 5545 §3.8.1.11, §3.8.2.7). A free event is TRANSPARENT, and an event shown as tentative has
 * STATUS:TENTATIVE. iCalendar has no word for out of office; Outlook's is used.
 */
export const AVAILABILITY: FieldForm<Pick<ICalendarEvent, 'status' | 'showAs'>> = {
  read: (lines) => {
    const status = wordOf(lines, 'STATUS');
    return { status: status === 'CANCELLED' ? 'cancelled' : 'confirmed', showAs: showAsOf(lines, status) };
  },
  write: ({ status, showAs }) => [
    ...(status === 'cancelled' ? [wordLine('STATUS', 'CANCELLED')] : []),
    ...(status === 'confirmed' && showAs === 'tentative' ? [wordLine('STATUS', 'TENTATIVE')] : []),
    ...(status === 'cancelled' && showAs === 'tentative' ? [wordLine(BUSY_STATUS, 'TENTATIVE')] : []),
    ...(showAs === 'out_of_office' ? [wordLine(BUSY_STATUS, 'OOF')] : []),
    ...(showAs === 'free' ? [wordLine('TRANSP', 'TRANSPARENT')] : []),
  ],
};

/** CLASS (RFC 5545 §3.8.1.3). CONFIDENTIAL, and every word that is not known, is private. */
export const VISIBILITY: FieldForm<Pick<ICalendarEvent, 'visibility'>> = {
  read: (lines) => ({ visibility: (wordOf(lines, 'CLASS') ?? 'PUBLIC') === 'PUBLIC' ? 'public' : 'private' }),
  write: ({ visibility }) => (visibility === 'private' ? [wordLine('CLASS', 'PRIVATE')] : []),
};

/** SEQUENCE, CREATED, LAST-MODIFIED and DTSTAMP (RFC 5545 §3.8.7). */
export const REVISION: FieldForm<{ readonly revision: Revision }> = {
  read: (lines) => {
    const of = (name: string) => lines.find((line) => line.name === name);
    const [stamp, created, modified] = ['DTSTAMP', 'CREATED', 'LAST-MODIFIED'].map(of);
    const sequence = Number(of('SEQUENCE')?.value ?? 0);
    return {
      revision: {
        sequence: Number.isInteger(sequence) && sequence > 0 && sequence <= MAX_SEQUENCE ? sequence : 0,
        createdAt: created ? instantOf(created) : null,
        modifiedAt: modified ? instantOf(modified) : null,
        stampedAt: stamp ? instantOf(stamp) : null,
      },
    };
  },
  write: ({ revision: { sequence, createdAt, modifiedAt, stampedAt } }) => [
    ...instantLine('DTSTAMP', stampedAt),
    ...instantLine('CREATED', createdAt),
    ...instantLine('LAST-MODIFIED', modifiedAt),
    ...(sequence === 0 ? [] : [wordLine('SEQUENCE', String(sequence))]),
  ],
};

/** The largest INTEGER of iCalendar (RFC 5545 §3.3.8). */
const MAX_SEQUENCE = 2_147_483_647;

function showAsOf(lines: readonly ContentLine[], status: string | null): ShowAs {
  const transparency = wordOf(lines, 'TRANSP');
  const outlook = wordOf(lines, BUSY_STATUS);
  if (transparency === 'TRANSPARENT' || (transparency === null && outlook === 'FREE')) return 'free';
  if (outlook === 'OOF') return 'out_of_office';
  return status === 'TENTATIVE' || outlook === 'TENTATIVE' ? 'tentative' : 'busy';
}

function wordOf(lines: readonly ContentLine[], name: string): string | null {
  return (
    lines
      .find((line) => line.name === name)
      ?.value.trim()
      .toUpperCase() ?? null
  );
}

function wordLine(name: string, value: string): ContentLine {
  return { name, parameters: [], value };
}

function instantLine(name: string, instant: number | null): ContentLine[] {
  return instant === null ? [] : [wordLine(name, instantText(instant))];
}
