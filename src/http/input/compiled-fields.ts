import { TransformationType } from 'class-transformer';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage, type ValidationArguments, ValidationTypes } from 'class-validator';

export type InputClass = new () => object;
export type Fields = Record<string, unknown>;

type ValidationMetadata = ReturnType<
  ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']
>[number];

/** The rules of one property of a class, in the form in which the decorators of the property declare them. */
export interface CompiledField {
  readonly name: string;
  /** The class of the object, or of the objects of a list; null: values and lists of values. */
  readonly nested: InputClass | null;
  /** @param source the input */
  readonly transforms: readonly ((value: unknown, source: Fields) => unknown)[];
  /** If one of them is false, the property has no checks. */
  readonly conditions: readonly ((instance: object, value: unknown) => boolean)[];
  readonly checks: readonly ((value: unknown, instance: object) => boolean)[];
}

const compiledClasses = new WeakMap<InputClass, ReadonlyMap<string, CompiledField> | null>();

/**
 * The fields of a class of inputs, by name, as class-transformer and class-validator read them from the same decorators
 * for each input. Null: a property has a decorator that this function does not know.
 */
export function compiledFields(type: InputClass): ReadonlyMap<string, CompiledField> | null {
  let fields = compiledClasses.get(type);
  if (fields === undefined) {
    fields = compile(type);
    compiledClasses.set(type, fields);
  }
  return fields;
}

function compile(type: InputClass): ReadonlyMap<string, CompiledField> | null {
  const metadata = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  if (metadata.length === 0 || !metadata.every(isKnown)) return null;
  const hidesProperties =
    defaultMetadataStorage.getExposedMetadatas(type).length > 0 ||
    defaultMetadataStorage.getExcludedMetadatas(type).length > 0;
  if (hidesProperties) return null;
  const names = new Set(metadata.map(({ propertyName }) => propertyName));
  const fields = [...names].map((name) =>
    compileField(
      type,
      name,
      metadata.filter(({ propertyName }) => propertyName === name),
    ),
  );
  return new Map(fields.map((field) => [field.name, field]));
}

const KNOWN_TYPES: ReadonlySet<string> = new Set([
  ValidationTypes.CONDITIONAL_VALIDATION,
  ValidationTypes.CUSTOM_VALIDATION,
  ValidationTypes.NESTED_VALIDATION,
]);

function isKnown({ type, groups, validateIf, constraintCls }: ValidationMetadata): boolean {
  const isCustom = type === ValidationTypes.CUSTOM_VALIDATION;
  const isAsync = isCustom && constraintsOf(constraintCls).some((constraint) => constraint.async);
  return KNOWN_TYPES.has(type) && !groups?.length && validateIf === undefined && !isAsync;
}

function compileField(
  type: InputClass,
  name: string,
  metadata: readonly ValidationMetadata[],
): CompiledField {
  const ofType = (wanted: string) => metadata.filter((rule) => rule.type === wanted);
  const transforms = defaultMetadataStorage.findTransformMetadatas(
    type,
    name,
    TransformationType.PLAIN_TO_CLASS,
  );
  const nested = defaultMetadataStorage.findTypeMetadata(type, name)?.typeFunction();
  return {
    name,
    nested: (nested as InputClass | undefined) ?? null,
    transforms: transforms.map(({ transformFn, options }) => (value, source) => {
      return transformFn({ value, key: name, obj: source, type: TransformationType.PLAIN_TO_CLASS, options });
    }),
    conditions: ofType(ValidationTypes.CONDITIONAL_VALIDATION).map(
      ({ constraints: [condition] }) => condition,
    ),
    checks: ofType(ValidationTypes.CUSTOM_VALIDATION).flatMap((rule) => checksOf(type, rule)),
  };
}

function checksOf(
  type: InputClass,
  { propertyName, constraints, constraintCls, each }: ValidationMetadata,
): CompiledField['checks'] {
  return constraintsOf(constraintCls).map(({ instance: constraint }) => (value, object) => {
    const parameters = { targetName: type.name, property: propertyName, object, value, constraints };
    const isValid = (one: unknown): boolean =>
      constraint.validate(one, parameters satisfies ValidationArguments) === true;
    return each && Array.isArray(value) ? value.every(isValid) : isValid(value);
  });
}

function constraintsOf(constraint: ValidationMetadata['constraintCls']) {
  return getMetadataStorage().getTargetValidatorConstraints(constraint);
}
