import { DomainError, detailOf } from '../../errors/domain-error.js';

/** The names in requests of the fields of commands. A field that is not listed has the same name in both. */
export type WireNames = Readonly<Record<string, string>>;

/** A field in a message of the domain: its name between backticks. */
const FIELD_IN_MESSAGE = /`(\w+)`/g;

/** The field that a path such as `defaultReminders.0.url` begins with, after the member in `requests[3].start`. */
const FIRST_OF_PATH = /^(\w+\[\d+\]\.)?(\w+)/;

/**
 * An error of the domain as a client reads it: with the names of the request instead of those of commands. An error that
 * names no field comes back as it is. A message must not repeat text of the client, which could have such backticks.
 * @example
 * // working_hours: must go with time_zone
 * const names = { timeZone: 'time_zone', workingHours: 'working_hours' };
 * inWireNames(names, invalidInput({ field: 'workingHours', message: 'must go with `timeZone`' }));
 */
export function inWireNames(names: WireNames, error: DomainError): DomainError {
  const errors = error.errors.map(({ field, message }) => ({
    field: field.replace(
      FIRST_OF_PATH,
      (_, member: string | undefined, name: string) => (member ?? '') + (names[name] ?? name),
    ),
    message: messageInWireNames(names, message),
  }));
  const isOfFields = error.errors.length > 0 && error.detail === detailOf(error.errors);
  const detail = isOfFields ? detailOf(errors) : messageInWireNames(names, error.detail);
  if (errors.length === 0 && detail === error.detail) return error;
  return new DomainError(error.kind, error.code, detail, errors, { members: error.members });
}

function messageInWireNames(names: WireNames, message: string): string {
  return message.replaceAll(FIELD_IN_MESSAGE, (text, name: string) => names[name] ?? text);
}
