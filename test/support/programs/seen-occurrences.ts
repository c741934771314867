import type { Client } from '../client/client.js';

/** An occurrence as a program shows it: instants in UTC, or the dates of whole days with the end exclusive. */
export interface SeenOccurrence {
  readonly start: string;
  readonly end: string;
  readonly title: string;
  readonly location: string | null;
  readonly description: string | null;
}

/** An element of a list of events. */
interface ListedEvent extends Pick<SeenOccurrence, 'title' | 'location' | 'description'> {
  readonly occurrences: readonly Pick<SeenOccurrence, 'start' | 'end'>[];
}

/** The fields that every program shows, in order. */
export function comparable(occurrences: readonly SeenOccurrence[]): string[] {
  return occurrences
    .map(({ start, end, title, location, description }) =>
      JSON.stringify([start, end, title, location ?? '', description ?? '']),
    )
    .toSorted();
}

/** The occurrences that the service itself lists for a user. */
export async function listedOccurrences(
  client: Client,
  userId: number,
  from: string,
  to: string,
): Promise<SeenOccurrence[]> {
  const found: SeenOccurrence[] = [];
  const path = `/users/${userId}/events?from=${from}&to=${to}&limit=1000` as const;
  for await (const { body } of client.pages(path)) {
    // An occurrence has the texts that differ from those of its event.
    for (const event of body as unknown as ListedEvent[])
      found.push(...event.occurrences.map((occurrence) => Object.assign({}, event, occurrence)));
  }
  return found;
}
