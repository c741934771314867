import type { Metadata } from './metadata.js';

/** What a product keeps with an object of the service. */
export interface ProductData {
  /** The product's own id of the object, unique in the tenant; null: none. */
  readonly externalId: string | null;
  readonly metadata: Metadata;
}
