import { DAY, HOUR, type Instant } from '../../src/calendar/time/civil-time.js';
import type { DatasetUser } from '../floor/data/calendars.js';
import { Draw } from '../floor/data/draw.js';
import { singleTimes } from '../floor/data/event-times.js';
import { createCall, freeBusyCall, listCall, nearestCall } from '../floor/requests.js';
import type { Call } from '../load/send.js';
import type { Operation } from './operation.js';
import type { Peer } from './peer.js';

/** A user of both peers, with equal calendars. The ids may differ. */
export type UserOfPeers = readonly [first: DatasetUser, second: DatasetUser];

const HOT_NAMES = [
  'list a week',
  'free/busy of a week',
  'nearest hour of 10 users',
  'create with two invited users',
  'incremental list with one change',
] as const;

type HotName = (typeof HOT_NAMES)[number];

/** The incremental lists of a user, by both peers. */
export type SyncOfPeers = readonly [first: Call, second: Call];

/** Decides which users the requests are about. */
export interface ChoiceOfUsers {
  /** Different users. */
  users(count: number): UserOfPeers[];
  sync(): SyncOfPeers;
}

/** Makes the calls of one peer from its users. */
type CallOf = (users: readonly DatasetUser[]) => Call;

/** The requests that users of a calendar send most, about the calendars of some users. */
export class HotOperations {
  private readonly draw: Draw;

  constructor(
    private readonly anchor: Instant,
    seed = 5,
  ) {
    this.draw = new Draw(seed);
  }

  /** The users of a request of each kind but the incremental list, and the next request. */
  readonly kinds: readonly { readonly name: HotName; readonly users: number; readonly next: () => CallOf }[] =
    [
      {
        name: HOT_NAMES[0],
        users: 1,
        next: () => {
          const week = this.week();
          return ([user]) => listCall(user, week);
        },
      },
      {
        name: HOT_NAMES[1],
        users: 1,
        next: () => {
          const week = this.week();
          return ([user]) => freeBusyCall(user, week, 1);
        },
      },
      {
        name: HOT_NAMES[2],
        users: 10,
        next: () => {
          const from = this.week() + this.draw.int(0, 4) * DAY + 9 * HOUR;
          return (users) => nearestCall(users, from);
        },
      },
      { name: HOT_NAMES[3], users: 3, next: () => this.create() },
    ];

  /** The next request of a kind. */
  next(wanted: HotName): CallOf {
    const kind = this.kinds.find(({ name }) => name === wanted);
    if (!kind) throw new Error(`The requests of "${wanted}" need a token.`);
    return kind.next();
  }

  /** The operations. @param sizes how many requests */
  of(choice: ChoiceOfUsers, sizes: Pick<Operation, 'calls' | 'warmUp'>): Operation<HotName>[] {
    const operation = (name: HotName, next: () => readonly [Call, Call]): Operation<HotName> => ({
      ...sizes,
      name,
      callers: 1,
      take: (count) => {
        const taken = Array.from({ length: count }, next);
        return [taken.map(([first]) => first), taken.map(([, second]) => second)];
      },
    });
    const ofKinds = this.kinds.map(({ name, users, next }) =>
      operation(name, () => {
        const [some, call] = [choice.users(users), next()];
        return [call(some.map(([first]) => first)), call(some.map(([, second]) => second))];
      }),
    );
    return [...ofKinds, operation(HOT_NAMES[4], () => choice.sync())];
  }

  /** Chooses at random, so that users come again. */
  random(users: readonly UserOfPeers[], sync: readonly SyncOfPeers[]): ChoiceOfUsers {
    return { users: (count) => this.draw.sample(users, count), sync: () => this.draw.pick(sync) };
  }

  /** Reads the calendar of each user up to now, and then changes it once. @returns the requests for what changed since */
  async sync(peers: readonly [Peer, Peer], users: readonly UserOfPeers[]): Promise<SyncOfPeers[]> {
    const found: SyncOfPeers[] = [];
    for (const [first, second] of users) {
      const create = this.create();
      found.push([await incrementalCall(peers[0], first), await incrementalCall(peers[1], second)]);
      await peers[0].send(create([first]));
      await peers[1].send(create([second]));
    }
    return found;
  }

  private week(): Instant {
    return this.anchor + this.draw.int(-4, 8) * 7 * DAY;
  }

  /** The first user is the organizer, and the others are invited. */
  private create(): CallOf {
    const times = singleTimes(this.draw, this.anchor);
    const title = `Planning ${this.draw.int(1, 1_000)}`;
    return ([organizer, ...guests]) => {
      const invited = guests.map((user) => ({ user, answer: 'needs_action' as const }));
      return createCall({ ...times, title, organizer, invited });
    };
  }
}

async function incrementalCall(peer: Peer, { id }: DatasetUser): Promise<Call> {
  const since = (token: string): Call => ['GET', `/users/${id}/events?limit=1000&sync_token=${token}`];
  let call = since('');
  for (;;) {
    const { headers } = await peer.send(call);
    const token = headers['sync-token'];
    if (token !== undefined) return since(String(token));
    const next = /<([^>]+)>; rel="next"/.exec(String(headers.link))?.[1];
    if (next === undefined) throw new Error('The last page of an incremental list has no token.');
    call = ['GET', next.replace(/^https?:\/\/[^/]+/, '')];
  }
}
