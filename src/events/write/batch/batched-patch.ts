import type { Precondition } from '../../../platform/precondition.js';
import type { EventPatch } from '../../model/commands.js';

/** A change of one event in a batch. */
export interface BatchedPatch {
  readonly id: number;
  readonly precondition: Precondition;
  readonly patch: EventPatch;
}
