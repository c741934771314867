import { DAY, HOUR } from '../../src/calendar/time/civil-time.js';
import type { Call } from '../load/send.js';
import type { CallsOfPeers, Operation } from '../pairs/operation.js';
import { MOST_CALLERS } from '../pairs/peer.js';
import type { OperationName } from './bounds.js';
import { type Dataset, type DatasetUser, newEvents } from './data/calendars.js';
import { Draw } from './data/draw.js';
import { createCall, freeBusyCall, listCall, nearestCall } from './requests.js';
import type { Sizes } from './sizes.js';

/** The compilers of Node.js are done after some hundred requests of one kind. */
const WARM_UP = 400;
const WARM_UP_OF_SEARCH = 120;

/** Makes the measured operations. All reads concern the users with full calendars, within a year about the anchor. */
export function operationsOf(dataset: Dataset, { anchor, users }: Sizes): Operation<OperationName>[] {
  const draw = new Draw(3);
  const someone = () => draw.pick(dataset.users);
  const someWeek = () => anchor + draw.int(-24, 18) * 7 * DAY;
  const someMoment = () => someWeek() + draw.int(0, 4) * DAY + draw.int(8, 16) * HOUR;
  const some = (count: number): DatasetUser[] => draw.sample(dataset.users, count);
  const events = newEvents(dataset, anchor);
  const withoutAttendees = () => listCall(someone(), someWeek(), '&max_attendees=0');
  return [
    ...both('create', 'create, 8 callers', 20, () => createCall(events.next().value)),
    ...both('list', 'list, 8 callers', 20, () => listCall(someone(), someWeek())),
    ...both('list without attendees', 'list without attendees, 8 callers', 20, withoutAttendees),
    single('free/busy, 1 week', 20, WARM_UP, () => freeBusyCall(someone(), someWeek(), 1)),
    single('free/busy, 4 weeks', 20, WARM_UP, () => freeBusyCall(someone(), someWeek(), 4)),
    single('nearest of 2', 20, WARM_UP, () => nearestCall(some(2), someMoment())),
    single('nearest of 10', 10, WARM_UP_OF_SEARCH, () => nearestCall(some(10), someMoment())),
    single('nearest of all', 10, WARM_UP_OF_SEARCH, () => nearestCall(some(users), someMoment())),
  ];
}

/** Both services get the same requests. */
function single(
  name: OperationName,
  calls: number,
  warmUp: number,
  next: () => Call,
): Operation<OperationName> {
  const take = (count: number): CallsOfPeers => {
    const same = Array.from({ length: count }, next);
    return [same, same];
  };
  return { name, callers: 1, calls, warmUp, take };
}

/** The same operation with one caller and with eight. */
function both(
  name: OperationName,
  many: OperationName,
  calls: number,
  next: () => Call,
): Operation<OperationName>[] {
  const one = single(name, calls, WARM_UP, next);
  return [one, { ...one, name: many, callers: MOST_CALLERS, calls: 2 * calls, warmUp: WARM_UP / 2 }];
}
