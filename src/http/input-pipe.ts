import { type ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { DomainError, detailOf, type FieldError, invalidInput } from '../errors/domain-error.js';
import { MAX_BATCH_SIZE, memberInPath, placeOfMember } from './body/batch.js';
import { type BatchBody, isBatchBody, withRefusal } from './body/batch-body.js';
import { namesAChange } from './body/changes-body.js';
import { withMetadataFilter } from './fields/product/metadata-filter.js';
import { METADATA_FIELD } from './fields/product/product-data-fields.js';
import type { InputClass } from './input/compiled-fields.js';
import { plainInput } from './input/plain-input.js';

/** Faults that a DTO finds in a request. Their fields have the names of the request. */
export class InvalidRequest extends DomainError {
  constructor(errors: readonly FieldError[]) {
    const named = errors.map(({ field, message }) => ({ field: memberInPath(field), message }));
    super('invalid', 'invalid_input', detailOf(named), named);
  }

  /**
   * The place of the first member of a batch that has faults, and the refusal of this member; null: a fault concerns no
   * member.
   */
  ofFirstMember(): [number, InvalidRequest] | null {
    const places = this.errors.map(({ field }) => placeOfMember(field) ?? -1);
    const first = Math.min(...places);
    if (first === -1) return null;
    return [first, new InvalidRequest(this.errors.filter((_, index) => places[index] === first))];
  }
}

/** Checks each request against its DTO: unknown fields are refused, and every fault names its field. */
@Injectable()
export class InputPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      exceptionFactory: (errors) => new InvalidRequest(errors.flatMap((error) => fieldErrors(error))),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    // A file. Its reader checks it.
    if (Buffer.isBuffer(value)) return value;
    if (metadata.type !== 'body' || !isBatchBody(metadata.metatype)) return this.check(value, metadata);
    const members = (value as Partial<BatchBody<unknown>> | undefined)?.requests;
    if (!Array.isArray(members) || members.length > MAX_BATCH_SIZE) return this.check(value, metadata);
    return this.checkBatch({ ...(value as object), requests: members }, metadata);
  }

  /** Checks the members of a batch up to the first that is refused, whose refusal the body keeps for its handler. */
  private async checkBatch(
    body: BatchBody<unknown>,
    metadata: ArgumentMetadata,
  ): Promise<BatchBody<unknown>> {
    try {
      refuseOtherThanObjects(body.requests);
      return (await this.check(body, metadata)) as BatchBody<unknown>;
    } catch (error) {
      const refusal = error instanceof InvalidRequest ? error.ofFirstMember() : null;
      if (refusal === null) throw error;
      const [place, ofMember] = refusal;
      if (place === 0) throw ofMember;
      const before = await this.checkBatch({ ...body, requests: body.requests.slice(0, place) }, metadata);
      return withRefusal(before, ofMember);
    }
  }

  private async check(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'body') expectObject(value, metadata);
    return plainInputOf(value, metadata) ?? this.checkInFull(value, metadata);
  }

  private async checkInFull(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const inherited = inheritedNames(value);
    if (inherited.length > 0)
      throw new InvalidRequest(inherited.map((field) => ({ field, message: UNKNOWN_FIELD })));
    return super.transform(
      metadata.type === 'query' ? withMetadataFilter(value, metadata.metatype) : value,
      metadata,
    );
  }

  /** Removes nothing: `transform` refuses such keys, except in metadata, where they are keys like any other. */
  protected override stripProtoKeys(): void {}

  /** Leaves text as it is: `Number` would read `0x10` and ` 1` as ids. The pipe of the parameter checks it. */
  protected override transformPrimitive(value: unknown): unknown {
    return value;
  }
}

/** The DTO of a query or a body that is plainly right. Null: `checkInFull` has to decide, and names the faults. */
function plainInputOf(value: unknown, { type, metatype }: ArgumentMetadata): object | null {
  if ((type !== 'query' && type !== 'body') || metatype === undefined) return null;
  return plainInput(metatype as InputClass, value);
}

const UNKNOWN_FIELD = 'is not a known field';

/**
 * An absent body counts as `{}`: the required fields of the DTO decide whether the operation can do without one.
 * @throws {DomainError} invalid
 */
function expectObject(value: unknown, { metatype }: ArgumentMetadata): void {
  if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value)))
    throw invalidInput({ field: 'body', message: 'an object is expected' });
  if (namesAChange(metatype) && Object.keys(value ?? {}).length === 0)
    throw invalidInput({ field: 'body', message: 'an object with at least one field is expected' });
}

/** @throws {InvalidRequest} naming the first member of a batch that is no object */
function refuseOtherThanObjects(members: readonly unknown[]): void {
  const place = members.findIndex(
    (member) => typeof member !== 'object' || member === null || Array.isArray(member),
  );
  if (place !== -1) throw new InvalidRequest([{ field: `requests.${place}`, message: 'must be an object' }]);
}

/**
 * The paths of fields with a name that every object inherits, such as `constructor`. The libraries below treat them
 * as known fields, or drop them silently. The keys of metadata are the client's own, and the libraries leave them alone.
 * The depth of a body is bounded before it is parsed.
 */
function inheritedNames(value: unknown, path = ''): string[] {
  const found: string[] = [];
  if (typeof value !== 'object' || value === null) return found;
  for (const name of Object.keys(value)) {
    const field = path === '' ? name : `${path}.${name}`;
    if (name === 'prototype' || name in Object.prototype) found.push(field);
    else if (name !== METADATA_FIELD)
      found.push(...inheritedNames((value as Record<string, unknown>)[name], field));
  }
  return found;
}

function fieldErrors(error: ValidationError, path = ''): FieldError[] {
  const field = path === '' ? error.property : `${path}.${error.property}`;
  const messages = Object.entries(error.constraints ?? {}).map(([rule, message]) =>
    rule === 'whitelistValidation' ? UNKNOWN_FIELD : message,
  );
  // Several rules of one field may find the same fault.
  const own = [...new Set(messages)].map((message) => ({ field, message }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, field))];
}
