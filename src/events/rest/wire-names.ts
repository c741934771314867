import { DomainError } from '../../errors/domain-error.js';

/** The names that the fields of commands have in requests. Other fields have the same name in both. */
const WIRE_NAMES: ReadonlyMap<string, string> = new Map([
  ['allDay', 'all_day'],
  ['end', 'end_date'],
  ['following', 'scope=following'],
  ['invitees', 'invited_user_ids'],
  ['length', 'duration'],
  ['organizer', 'organizer_user_id'],
  ['originalStart', 'original_start'],
  ['repeat', 'repeat'],
  ['showAs', 'show_as'],
  ['start', 'start_date'],
  ['timeZone', 'time_zone'],
]);

/** A field in a message of the domain: its name between backticks. */
const FIELD_IN_MESSAGE = /`(\w+)`/g;

/**
 * An error of the domain as a client reads it: with the names of the request instead of those of commands. An error that
 * names no field comes back as it is.
 * @example inWireNames(invalidInput({ field: 'end', message: 'must be after `start`' })) // end_date: must be after start_date
 */
export function inWireNames(error: DomainError): DomainError {
  const errors = error.errors.map(({ field, message }) => ({
    field: WIRE_NAMES.get(field) ?? field,
    message: messageInWireNames(message),
  }));
  const isOfFields = error.errors.length > 0 && error.detail === detailOf(error.errors);
  const detail = isOfFields ? detailOf(errors) : messageInWireNames(error.detail);
  if (errors.length === 0 && detail === error.detail) return error;
  return new DomainError(error.kind, error.code, detail, errors);
}

function messageInWireNames(message: string): string {
  return message.replaceAll(FIELD_IN_MESSAGE, (text, name: string) => WIRE_NAMES.get(name) ?? text);
}

/** The detail of an error that names fields, as `invalidInput` writes it. */
function detailOf(errors: DomainError['errors']): string {
  return errors.map(({ field, message }) => `${field}: ${message}`).join('; ');
}
