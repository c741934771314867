import { DomainError, detailOf } from './domain-error.js';

/** Gives a refusal of one member of a request the name of the member. */
export type NameRefusal = (index: number, refusal: DomainError) => DomainError;

/** For a request of one member, which needs no name. */
export const UNNAMED: NameRefusal = (_, refusal) => refusal;

/**
 * Names the members of a list in a request.
 * @example
 * // requests[3].start: is required
 * inList('requests')(3, invalidInput({ field: 'start', message: 'is required' }));
 */
export function inList(list: string): NameRefusal {
  return (index, refusal) => new RefusalOfMember(`${list}[${index}]`, refusal);
}

/** The members of a request, up to the first that is refused by itself. */
export interface Members<T> {
  readonly accepted: readonly T[];
  /** The refusal of the member after the accepted ones; null: all members are accepted. */
  readonly refusal: DomainError | null;
}

/** Members of which none is refused. */
export function allAccepted<T>(members: readonly T[]): Members<T> {
  return { accepted: members, refusal: null };
}

/**
 * The results of `work` for the accepted members, up to the first that `work` refuses. The refusal gets the name of the
 * member. Members before it may still be refused later, and then the request has their refusal.
 */
export function acceptMembers<T, U>(
  name: NameRefusal,
  { accepted, refusal }: Members<T>,
  work: (member: T) => U,
): Members<U> {
  const results: U[] = [];
  for (const [index, member] of accepted.entries()) {
    try {
      results.push(work(member));
    } catch (error) {
      if (!isOfMember(error)) throw error;
      return { accepted: results, refusal: name(index, error) };
    }
  }
  return { accepted: results, refusal };
}

/** The result of `work` for the member at `index`. A refusal gets the name of the member. */
export async function forMember<T>(name: NameRefusal, index: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isOfMember(error) ? name(index, error) : error;
  }
}

/** An error by which the service is unavailable concerns no member. */
function isOfMember(error: unknown): error is DomainError {
  return error instanceof DomainError && error.kind !== 'unavailable';
}

/** A refusal of one member. Each field begins with the member, and a refusal without fields is one of the member itself. */
class RefusalOfMember extends DomainError {
  constructor(member: string, { kind, code, detail, errors, members }: DomainError) {
    const named =
      errors.length > 0
        ? errors.map(({ field, message }) => ({ field: `${member}.${field}`, message }))
        : [{ field: member, message: detail }];
    const isOfFields = errors.length === 0 || detail === detailOf(errors);
    super(kind, code, isOfFields ? detailOf(named) : `${member}: ${detail}`, named, { members });
  }
}
