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

/** The results of `work` for each member. A refusal gets the name of the member. */
export function mapMembers<T, U>(name: NameRefusal, members: readonly T[], work: (member: T) => U): U[] {
  return members.map((member, index) => {
    try {
      return work(member);
    } catch (error) {
      throw nameError(name, index, error);
    }
  });
}

/** The result of `work` for the member at `index`. A refusal gets the name of the member. */
export async function forMember<T>(name: NameRefusal, index: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw nameError(name, index, error);
  }
}

/** An error by which the service is unavailable concerns no member. */
function nameError(name: NameRefusal, index: number, error: unknown): unknown {
  return error instanceof DomainError && error.kind !== 'unavailable' ? name(index, error) : error;
}

/** A refusal of one member. Each field begins with the member, and a refusal without fields is one of the member itself. */
class RefusalOfMember extends DomainError {
  constructor(
    member: string,
    private readonly refusal: DomainError,
  ) {
    const { kind, code, detail, errors } = refusal;
    const named =
      errors.length > 0
        ? errors.map(({ field, message }) => ({ field: `${member}.${field}`, message }))
        : [{ field: member, message: detail }];
    const isOfFields = errors.length === 0 || detail === detailOf(errors);
    super(kind, code, isOfFields ? detailOf(named) : `${member}: ${detail}`, named);
  }

  override get members(): Readonly<Record<string, unknown>> {
    return this.refusal.members;
  }
}
