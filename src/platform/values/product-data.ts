import type { FieldError } from '../../errors/domain-error.js';
import { externalIdFault } from './external-id.js';
import { type Metadata, type MetadataPatch, metadataFaults } from './metadata.js';

/** What a product keeps with an object of the service. */
export interface ProductData {
  /** The product's own id of the object, unique in the tenant; null: none. */
  readonly externalId: string | null;
  readonly metadata: Metadata;
}

/** A change of it. An absent field keeps its value. */
export interface ProductDataPatch {
  readonly externalId?: string | null;
  readonly metadata?: MetadataPatch;
}

/** The faults of what a command names. */
export function productDataFaults({ externalId, metadata }: ProductDataPatch): FieldError[] {
  const message = externalId == null ? null : externalIdFault(externalId);
  return [...(message === null ? [] : [{ field: 'externalId', message }]), ...metadataFaults(metadata)];
}
