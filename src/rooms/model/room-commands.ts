import { type FieldError, refuseFaults } from '../../errors/domain-error.js';
import { type ProductDataPatch, productDataFaults } from '../../platform/values/product-data.js';
import { textFault } from '../../platform/values/text-fault.js';
import {
  type AvailabilityOverrideRow,
  type AwayRow,
  type ResourceKind,
  type WorkingHoursRow,
} from '../../users/model/user-record.js';
import {
  MAX_ROOM_CAPACITY,
  MAX_ROOM_FEATURE_LENGTH,
  MAX_ROOM_FEATURES,
  MAX_ROOM_PLACE_LENGTH,
} from './room-limits.js';

/** Where a room is. */
export interface RoomPlace {
  readonly building: string | null;
  readonly floor: string | null;
}

interface RoomValues extends Required<ProductDataPatch> {
  readonly name: string;
  readonly kind: ResourceKind;
  /** Null: the address that the service gives the room. */
  readonly email: string | null;
  readonly capacity: number | null;
  readonly features: readonly string[];
  readonly place: RoomPlace;
  /** The name of an IANA zone, in any spelling that the core accepts. */
  readonly timeZone: string;
  /** Null or empty: any time. */
  readonly openingHours: readonly WorkingHoursRow[] | null;
  readonly availabilityOverrides: readonly AvailabilityOverrideRow[];
  readonly away: readonly AwayRow[];
  readonly autoAccept: boolean;
}

/** Creates a room. */
export type NewRoom = Pick<RoomValues, 'name'> & Partial<RoomValues>;

/** Changes a room. Absent values stay. */
export type RoomPatch = Partial<RoomValues>;

/**
 * Refuses values beyond their limits. No protocol has to check them before.
 * @throws {DomainError} invalid, naming each field
 */
export function refuseRoomBeyondLimits({ capacity, features, place, ...product }: RoomPatch): void {
  refuseFaults([
    ...faultOf('capacity', capacity == null ? null : capacityFault(capacity)),
    ...faultOf('features', features === undefined ? null : featuresFault(features)),
    ...placeFaults(place),
    ...productDataFaults(product),
  ]);
}

/** The fault of a list of features; null: it has none. */
export function featuresFault(value: unknown): string | null {
  if (!Array.isArray(value)) return 'must be a list of texts';
  if (value.length > MAX_ROOM_FEATURES) return `must have at most ${MAX_ROOM_FEATURES} elements`;
  const fault = value.map((feature) => textFault(feature, 1, MAX_ROOM_FEATURE_LENGTH)).find(Boolean);
  if (fault !== undefined && fault !== null) return `each element ${fault}`;
  return new Set(value).size < value.length ? 'must not name a feature twice' : null;
}

function capacityFault(capacity: number): string | null {
  return Number.isInteger(capacity) && capacity >= 1 && capacity <= MAX_ROOM_CAPACITY
    ? null
    : `must be an integer from 1 to ${MAX_ROOM_CAPACITY}`;
}

function placeFaults(place: RoomPlace | undefined): FieldError[] {
  return Object.entries(place ?? {}).flatMap(([field, text]: [string, string | null]) =>
    faultOf(`place.${field}`, text === null ? null : textFault(text, 1, MAX_ROOM_PLACE_LENGTH)),
  );
}

function faultOf(field: string, message: string | null): FieldError[] {
  return message === null ? [] : [{ field, message }];
}
