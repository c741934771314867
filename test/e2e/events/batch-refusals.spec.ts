import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { MAX_BATCH_SIZE } from '../../../src/http/body/batch.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { createUsers } from '../../support/client/users.js';
import { stateOfEvents } from '../../support/database/state-of-events.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const ROOT = 'cal_the-key-of-the-refusals-0123456789-0123456789';
const NOBODY = 2_000_000_000;

/** The status of a refusal, its code, and the fields that it names. */
type Refused = readonly [status: number, code: string, ...fields: string[]];

function day(place: number): string {
  return new Date(Date.UTC(2126, 0, 1 + place, 9)).toISOString().replace('.000Z', 'Z');
}

describe('a refused batch has the refusal of its first refused member', () => {
  let application: TestApplication;
  let backend: Client;
  let ann: Account;
  let bob: Account;
  /** A user who allows no double booking, and is busy on day 700. */
  let room: number;
  let taken: string;
  let names = 0;

  beforeAll(async () => {
    application = await startTestApplication({ BOOTSTRAP_API_KEY: ROOT });
    const nobody = new Client(application.url);
    backend = nobody.with(ROOT);
    [ann, bob] = [await signUp(nobody, 'ann'), await signUp(nobody, 'bob')];
    [room] = await createUsers(backend, 1, { double_booking: 'reject' });
    taken = newName();
    await backend.create('/events', meeting(700, { organizer_user_id: room, external_id: taken }));
  });
  afterAll(async () => application.close());

  function newName(): string {
    names += 1;
    return `name ${names}`;
  }

  function meeting(place: number, more: object = {}) {
    return {
      title: `Meeting ${place}`,
      start_date: day(place),
      duration: 3600,
      organizer_user_id: ann.id,
      ...more,
    };
  }

  async function send(operation: string, body: object, client = backend) {
    return client.send('POST', `/events:${operation}` as '/events:batch-create', body);
  }

  async function expectRefused(operation: string, body: object, expected: Refused, client?: Client) {
    const before = await stateOfEvents(application.database.url);
    const { status, body: refused } = await send(operation, body, client);
    const { code, errors } = refused as { code?: string; errors?: readonly { field: string }[] };
    expect([status, code, ...(errors ?? []).map(({ field }) => field)]).toEqual(expected);
    expect(await stateOfEvents(application.database.url)).toEqual(before);
  }

  /** Changes events. @returns the status, and the external ids of the events */
  async function rename(...requests: readonly object[]) {
    const { status, body } = await send('batch-update', { requests });
    return [status, ...(body.events ?? []).map((event) => (event as { external_id?: unknown }).external_id)];
  }

  /** A fault of each stage: the fields of a member, and its refusal without the name of the member. */
  const FAULTS: Record<string, readonly [() => object, ...Refused]> = {
    'of its form': [() => ({ start_date: 'x' }), 400, 'invalid_input', '.start_date'],
    'that no body may have': [() => ({ constructor: 1 }), 400, 'invalid_input', '.constructor'],
    'of its command': [() => ({ end_date: day(2) }), 400, 'invalid_input', '.end_date'],
    'of its limits': [
      () => ({ duration: 86_400 * 30, repeat: { frequency: 'daily' } }),
      400,
      'too_many_overlapping_occurrences',
      '.repeat',
    ],
    'of its users': [() => ({ invited_user_ids: [NOBODY] }), 404, 'user_not_found', '.invited_user_ids'],
    'of its external id': [() => ({ external_id: taken }), 409, 'external_id_taken', '.external_id'],
  };

  const PAIRS = Object.keys(FAULTS).flatMap((first) => Object.keys(FAULTS).map((second) => [first, second]));

  function refusalOf(fault: string, place: number): Refused {
    const [, status, code, field] = FAULTS[fault];
    return [status, code, `requests[${place}]${field}`];
  }

  test.each(PAIRS)('of a creation: a fault %s before one %s', async (first, second) => {
    const faulty = [first, second].map((fault, place) => meeting(1 + place, FAULTS[fault][0]()));
    await expectRefused(
      'batch-create',
      { requests: [meeting(0), ...faulty, meeting(3)] },
      refusalOf(first, 1),
    );
  });

  test.each(PAIRS)('of a change: a fault %s before one %s', async (first, second) => {
    const { body } = await send('batch-create', { requests: [0, 1, 2, 3].map((place) => meeting(place)) });
    const requests = body.events.map(({ id }, place) => ({ id, title: `Other ${place}` }));
    for (const [place, fault] of [first, second].entries())
      requests[1 + place] = { ...requests[1 + place], ...meeting(1 + place, FAULTS[fault][0]()) };
    await expectRefused('batch-update', { requests }, refusalOf(first, 1));
  });

  test.each(Object.keys(FAULTS))(
    'and a conflict of an earlier member comes after a fault %s',
    async (fault) => {
      const busy = meeting(700, { organizer_user_id: room });
      await expectRefused(
        'batch-create',
        { requests: [busy, meeting(1, FAULTS[fault][0]()), busy] },
        refusalOf(fault, 1),
      );
      await expectRefused('batch-create', { requests: [meeting(1), busy, busy] }, [
        409,
        'time_taken',
        'requests[1].start_date',
      ]);
    },
  );

  test.each<[string, unknown]>([
    ['null', null],
    ['a list', []],
    ['a text', 'x'],
  ])('also if a member is %s', async (_, member) => {
    const unknown = meeting(0, { organizer_user_id: NOBODY });
    await expectRefused('batch-create', { requests: [meeting(0), member, unknown] }, [
      400,
      'invalid_input',
      'requests[1]',
    ]);
    await expectRefused('batch-create', { requests: [unknown, member] }, [
      404,
      'user_not_found',
      'requests[0].organizer_user_id',
    ]);
  });

  test('all faults of which it names', async () => {
    const faulty = { title: '', duration: 'x' };
    await expectRefused('batch-create', { requests: [meeting(0), meeting(1, faulty), meeting(2, faulty)] }, [
      400,
      'invalid_input',
      'requests[1].title',
      'requests[1].duration',
    ]);
  });

  test.each<[string, (unknown: object) => object, string]>([
    ['is too long', (unknown) => ({ requests: Array(MAX_BATCH_SIZE + 1).fill(unknown) }), 'requests'],
    ['stands beside an unknown field', (unknown) => ({ requests: [unknown], other: 1 }), 'other'],
  ])('unless the list of members %s', async (_, body, field) => {
    const unknown = meeting(0, { organizer_user_id: NOBODY });
    await expectRefused('batch-create', body(unknown), [400, 'invalid_input', field]);
  });

  test('of a person, for a member of somebody else before one of another form', async () => {
    const ofBob = meeting(0, { organizer_user_id: bob.id });
    const requests = [meeting(0), ofBob, meeting(1, { title: '' })];
    await expectRefused('batch-create', { requests }, [403, 'forbidden', 'requests[1]'], ann.client);
  });

  test('of a change, for a stale precondition before an unknown event and one of another form', async () => {
    const { body } = await send('batch-create', { requests: [meeting(0), meeting(1)] });
    const [{ id }, other] = body.events;
    const members = [
      { id, title: 'Other' },
      { id: other.id, if_match: 7, title: 'Other' },
      { id: NOBODY, title: 'Other' },
      { id, title: '' },
    ];
    await expectRefused('batch-update', { requests: members }, [412, 'precondition_failed', 'requests[1]']);
    const without = (place: number) => ({ requests: members.toSpliced(place, 1) });
    await expectRefused('batch-update', without(1), [404, 'event_not_found', 'requests[1]']);
    await expectRefused('batch-update', { requests: [members[0], members[3], members[2]] }, [
      400,
      'invalid_input',
      'requests[1].title',
    ]);
  });

  test('of a deletion', async () => {
    const { body } = await send('batch-create', { requests: [meeting(0)] });
    const [{ id }] = body.events;
    await expectRefused('batch-delete', { ids: [id, NOBODY, 'x'] }, [404, 'event_not_found', 'ids[1]']);
    await expectRefused('batch-delete', { ids: [id, 'x', NOBODY] }, [400, 'invalid_input', 'ids[1]']);
    await expectRefused('batch-delete', { ids: [id, id, null] }, [404, 'event_not_found', 'ids[1]']);
  });

  describe('for external ids, which are judged after all members are applied', () => {
    let ids: number[];
    let own: string[];

    beforeEach(async () => {
      own = [newName(), newName(), newName()];
      const requests = own.map((external_id, place) => meeting(place, { external_id }));
      ids = (await send('batch-create', { requests })).body.events.map(({ id }) => id);
    });

    test('two events exchange theirs', async () => {
      const swapped = [
        { id: ids[0], external_id: own[1], title: 'First' },
        { id: ids[1], external_id: own[0] },
      ];
      expect(await rename(...swapped)).toEqual([200, own[1], own[0]]);
      const found = await backend.get(`/events/by-external-id/${own[1]}`);
      expect(found.body).toMatchObject({ id: ids[0], title: 'First', version: 2 });
    });

    test('three events pass theirs on, and one of them changes again', async () => {
      const requests = [0, 1, 2].map((place) => ({ id: ids[place], external_id: own[(place + 1) % 3] }));
      const again = { id: ids[0], if_match: 2, title: 'Again' };
      expect(await rename(requests[0], again, requests[1], requests[2])).toEqual([
        200,
        own[1],
        own[1],
        own[2],
        own[0],
      ]);
    });

    test('an event takes the one that another gives up', async () => {
      expect(await rename({ id: ids[0], external_id: own[1] }, { id: ids[1], external_id: null })).toEqual([
        200,
        own[1],
        null,
      ]);
    });

    test('only the last one of an event counts', async () => {
      const [id, other] = ids;
      const requests = [
        { id, external_id: taken },
        { id, external_id: own[1] },
        { id: other, external_id: own[0] },
      ];
      expect(await rename(...requests)).toEqual([200, own[1], own[1], own[0]]);
    });

    test.each<[string, () => object[], number]>([
      ['an event beside the batch has it', () => [{ id: ids[0], external_id: taken }], 0],
      [
        'an event of the batch keeps it',
        () => [
          { id: ids[1], title: 'Kept' },
          { id: ids[0], external_id: own[1] },
        ],
        1,
      ],
      [
        'an earlier member takes it',
        () => [
          { id: ids[0], external_id: 'new' },
          { id: ids[1], external_id: 'new' },
        ],
        1,
      ],
    ])('and one is taken if %s', async (_, requests, place) => {
      await expectRefused('batch-update', { requests: requests() }, [
        409,
        'external_id_taken',
        `requests[${place}].external_id`,
      ]);
    });

    test('two creations at once cannot have the same one', async () => {
      const external_id = newName();
      const requests = [meeting(0), meeting(1, { external_id })];
      const both = await Promise.all([1, 2].map(async () => send('batch-create', { requests })));
      expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
      expect(both.find(({ status }) => status === 409)?.body).toMatchObject({
        code: 'external_id_taken',
        errors: [{ field: 'requests[1].external_id' }],
      });
    });
  });
});
