import { type CompiledField, compiledFields, type Fields, type InputClass } from './compiled-fields.js';

/** The input needs the libraries, which find its fault or read it. */
const UNDECIDED = Symbol('undecided');

/**
 * The instance of a class of inputs, as class-transformer makes it, if each field is known and valid. Null: the input may
 * be invalid, or has a value of a form that this function does not read, such as an object without a class.
 */
export function plainInput(type: InputClass, input: unknown): object | null {
  const fields = compiledFields(type);
  if (fields === null || !isObject(input)) return null;
  const instance = new type() as Fields;
  for (const name of Object.keys(input)) {
    const field = fields.get(name);
    if (field === undefined) return null;
    let value = readValue(field, input[name]);
    if (value === UNDECIDED) return null;
    for (const transform of field.transforms) value = transform(value, input);
    instance[name] = value;
  }
  for (const field of fields.values()) if (!isValid(field, instance)) return null;
  return instance;
}

function isValid({ name, conditions, checks }: CompiledField, instance: Fields): boolean {
  const value = instance[name];
  return (
    !conditions.every((condition) => condition(instance, value)) ||
    checks.every((check) => check(value, instance))
  );
}

function readValue({ nested }: CompiledField, value: unknown): unknown {
  if (!Array.isArray(value)) return readItem(nested, value);
  const items: unknown[] = [];
  for (const item of value) {
    const read = readItem(nested, item);
    if (read === UNDECIDED) return UNDECIDED;
    items.push(read);
  }
  return items;
}

function readItem(nested: InputClass | null, value: unknown): unknown {
  if (nested !== null) return plainInput(nested, value) ?? UNDECIDED;
  return isPrimitive(value) ? value : UNDECIDED;
}

function isPrimitive(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** The parsers of queries and bodies make no other objects than records and lists. A query has a prototype of its own. */
function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
