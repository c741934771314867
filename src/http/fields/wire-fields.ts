import { DomainError } from '../../errors/domain-error.js';

/** The wire's name of each field that a command names in another way. */
export type WireFields = Readonly<Record<string, string>>;

/** Runs `work`. If it throws a `DomainError`, the error names the fields as the client wrote them. */
export async function withWireFields<T>(fields: WireFields, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof DomainError ? inWireFields(fields, error) : error;
  }
}

/** The error with the names of the wire, in `detail` too; the same error if it names none of the fields. */
export function inWireFields(fields: WireFields, error: DomainError): DomainError {
  const names = Object.keys(fields).filter((name) => error.detail.includes(name));
  if (names.length === 0) return error;
  const renamed = (text: string): string =>
    text.replace(new RegExp(`\\b(?:${names.join('|')})\\b`, 'g'), (name) => fields[name] ?? name);
  const errors = error.errors.map(({ field, message }) => ({
    field: renamed(field),
    message: renamed(message),
  }));
  return new DomainError(error.kind, error.code, renamed(error.detail), errors);
}
