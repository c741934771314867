/** What the service may take, in times of the bare service. */
interface Bound {
  /** The aim for the service. */
  readonly goal: number;
  /** A run fails above it. It leaves room for noise above the present ratio. Lower it when the service gets faster, to 2 × the goal. */
  readonly bound: number;
}

export const BOUNDS = {
  create: { goal: 3, bound: 15 },
  'create, 8 callers': { goal: 3, bound: 20 },
  list: { goal: 1.8, bound: 9 },
  'list, 8 callers': { goal: 1.8, bound: 9 },
  'list without attendees': { goal: 1.3, bound: 9 },
  'list without attendees, 8 callers': { goal: 1.3, bound: 9 },
  'free/busy, 1 week': { goal: 1.5, bound: 6 },
  'free/busy, 4 weeks': { goal: 1.5, bound: 6 },
  'nearest of 2': { goal: 1.5, bound: 7 },
  'nearest of 10': { goal: 1.5, bound: 7 },
  'nearest of all': { goal: 1.5, bound: 7 },
} as const satisfies Readonly<Record<string, Bound>>;

export type OperationName = keyof typeof BOUNDS;
