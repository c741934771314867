import { EventEmitter, once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { ATTENDEES_OF_REPORT, CHANGES_OF_ONE_LOOK_UP, type ReportedChanges } from './reported-changes.js';
import { TenantChanges } from './tenant-changes.js';

const ANN = 1;
const BOB = 2;
const MEETING = 7;

/** More changes than the process remembers. */
const MANY = 12_000;

function report(snapshot: string, changes: Partial<ReportedChanges> = {}): ReportedChanges {
  return { life: 'one', snapshot, purged: false, changedUsers: [], changedEvents: [], ...changes };
}

/** A tenant whose changes are known up to the snapshot `0`. */
function known(): TenantChanges {
  const changes = new TenantChanges();
  changes.note(null, report('0'));
  return changes;
}

/** A look-up that a test lets respond when it wants. */
function heldLookUp(changes: TenantChanges) {
  const responses = new EventEmitter();
  const done = changes.lookUp(async () => {
    const [rows] = await once(responses, 'response');
    return rows as ReportedChanges;
  });
  return {
    responds: async (rows: ReportedChanges) => {
      responses.emit('response', rows);
      return done;
    },
  };
}

describe('rows', () => {
  test('are current until a change of what they depend on is reported', () => {
    const changes = known();
    const { moment } = changes;
    changes.note('0', report('1', { changedUsers: [[ANN, 1]], changedEvents: [[MEETING, [50], [BOB]]] }));
    expect(changes.hasSettings(moment, [BOB])).toBe(true);
    expect(changes.hasSettings(moment, [BOB, ANN])).toBe(false);
    expect(changes.hasEvent(moment, MEETING)).toBe(false);
    expect(changes.hasEvent(moment, MEETING + 1)).toBe(true);
    expect(changes.hasEntries(moment, BOB)).toBe(false);
    expect(changes.hasEntries(moment, ANN)).toBe(true);
  });

  test('are old for each user after a change of an event with many attendees', () => {
    const changes = known();
    const { moment } = changes;
    const many = Array.from({ length: ATTENDEES_OF_REPORT + 1 }, (_, index) => 100 + index);
    changes.note('0', report('1', { changedEvents: [[MEETING, [50], many]] }));
    expect(changes.hasEntries(moment, ANN)).toBe(false);
    expect(changes.hasEntries(changes.moment, ANN)).toBe(true);
    expect(changes.hasEvent(moment, MEETING + 1)).toBe(true);
  });

  test('are old after a change that was committed after a later one of the same event', () => {
    const changes = known();
    changes.note('0', report('1', { changedEvents: [[MEETING, [52], [ANN]]] }));
    const { moment } = changes;
    changes.note('0', report('2', { changedEvents: [[MEETING, [50, 52], [ANN]]] }));
    expect(changes.hasEvent(moment, MEETING)).toBe(false);
  });

  test('that are read after the report are current', () => {
    const changes = known();
    changes.note('0', report('1', { changedUsers: [[ANN, 1]], changedEvents: [[MEETING, [50], [ANN]]] }));
    const { moment } = changes;
    expect(changes.hasSettings(moment, [ANN])).toBe(true);
    expect(changes.hasEvent(moment, MEETING)).toBe(true);
    expect(changes.hasEntries(moment, ANN)).toBe(true);
  });

  test('that are read by the look-up that reports a change have the change', async () => {
    const changes = known();
    const { moment } = await changes.lookUp(async () => report('1', { changedUsers: [[ANN, 1]] }));
    expect(changes.hasSettings(moment, [ANN])).toBe(true);
  });

  test('of a read during which another look-up reports a change may lack the change', async () => {
    const changes = known();
    const read = heldLookUp(changes);
    changes.note('0', report('2', { changedUsers: [[ANN, 1]], changedEvents: [[MEETING, [50], [ANN]]] }));
    const { moment } = await read.responds(report('1'));
    expect(changes.hasSettings(moment, [ANN])).toBe(false);
    expect(changes.hasEvent(moment, MEETING)).toBe(false);
    expect(changes.hasEntries(moment, ANN)).toBe(false);
  });

  test('are not made old by a second report of the same change', () => {
    const changes = known();
    const same = { changedUsers: [[ANN, 3]], changedEvents: [[MEETING, [50], [ANN]]] } as const;
    changes.note('0', report('1', same));
    const { moment } = changes;
    changes.note('0', report('2', same));
    expect(changes.moment).toBe(moment);
    changes.note('0', report('3', { changedUsers: [[ANN, 4]], changedEvents: [[MEETING, [51], [ANN]]] }));
    expect(changes.hasSettings(moment, [ANN])).toBe(false);
    expect(changes.hasEvent(moment, MEETING)).toBe(false);
  });

  test.each<[string, ReportedChanges]>([
    ['another life of the database', report('1', { life: 'two' })],
    ['a purge of the log', report('1', { purged: true })],
    [
      'more users than a report has',
      report('1', { changedUsers: Array.from({ length: CHANGES_OF_ONE_LOOK_UP + 1 }, (_, id) => [id, 1]) }),
    ],
    [
      'more events than a report has',
      report('1', {
        changedEvents: Array.from({ length: CHANGES_OF_ONE_LOOK_UP + 1 }, (_, id) => [id, [1], []]),
      }),
    ],
  ])('are all old after %s', (_, reported) => {
    const changes = known();
    const { moment } = changes;
    changes.note('0', reported);
    expect(changes.hasSettings(moment, [])).toBe(false);
    expect(changes.hasEvent(moment, 1_000_000)).toBe(false);
    expect(changes.hasEntries(moment, 1_000_000)).toBe(false);
    expect(changes.snapshot).toBe('1');
    expect(changes.hasSettings(changes.moment, [ANN])).toBe(true);
  });

  test('stay current beyond the number of remembered changes if they are used meanwhile', () => {
    const changes = known();
    const unused = changes.moment;
    let used = unused;
    for (let id = 1; id <= MANY; id += 1) {
      changes.note(String(id - 1), report(String(id), { changedEvents: [[id + 100, [50], [id + 100]]] }));
      expect(changes.hasEvent(used, MEETING)).toBe(true);
      used = changes.moment;
    }
    expect(changes.hasEvent(unused, MEETING)).toBe(false);
    expect(changes.hasEvent(changes.moment, MEETING)).toBe(true);
    const beforeLast = changes.moment - 1;
    expect(changes.hasEvent(beforeLast, MANY + 100)).toBe(false);
    expect(changes.hasEntries(beforeLast, MANY + 100)).toBe(false);
  });

  test('of a state that was dropped are old', () => {
    const before = known();
    const { moment } = before;
    expect(known().hasEvent(moment, MEETING)).toBe(false);
  });
});

describe('the snapshot', () => {
  test('follows the look-up that was given it', () => {
    const changes = known();
    changes.note('0', report('1'));
    expect(changes.snapshot).toBe('1');
  });

  test('stays if a look-up was given an older one, since changes between may not be reported', () => {
    const changes = known();
    changes.note('0', report('2'));
    changes.note('0', report('1', { changedUsers: [[ANN, 1]] }));
    expect(changes.snapshot).toBe('2');
  });
});

/** Creates the meeting in the transaction 50 while the changes of the tenant are at a moment. */
function created() {
  const changes = known();
  const { moment } = changes;
  const isNoted = changes.noteCreated(MEETING, 50, [ANN], moment);
  return { changes, moment, isNoted };
}

describe('an event that this process created', () => {
  test('is current as it was created, before and after the look-up that reports it', () => {
    const { changes, moment, isNoted } = created();
    expect(isNoted).toBe(true);
    expect(changes.hasEvent(moment, MEETING)).toBe(true);
    changes.note('0', report('1', { changedEvents: [[MEETING, [50], [ANN]]] }));
    expect(changes.hasEvent(moment, MEETING)).toBe(true);
  });

  test('makes the lists of its attendees old, and no others', () => {
    const { changes, moment } = created();
    expect(changes.hasEntries(moment, ANN)).toBe(false);
    expect(changes.hasEntries(changes.moment, ANN)).toBe(true);
    expect(changes.hasEntries(moment, BOB)).toBe(true);
  });

  test.each([
    ['with its creation', '0', [50, 51]],
    ['after it', '1', [51]],
  ])('is old once a change is reported %s', (_, since, xids) => {
    const { changes, moment } = created();
    if (since === '1') changes.note('0', report('1', { changedEvents: [[MEETING, [50], [ANN]]] }));
    changes.note(since, report('2', { changedEvents: [[MEETING, xids, [ANN]]] }));
    expect(changes.hasEvent(moment, MEETING)).toBe(false);
  });

  test('is not taken as it was created if a look-up has reported it before', () => {
    const changes = known();
    const { moment } = changes;
    changes.note('0', report('1', { changedEvents: [[MEETING, [50, 51], [ANN]]] }));
    expect(changes.noteCreated(MEETING, 50, [ANN], moment)).toBe(false);
    expect(changes.hasEvent(moment, MEETING)).toBe(false);
  });

  test('is not taken as it was created if all changes were forgotten meanwhile', () => {
    const changes = known();
    const { moment } = changes;
    changes.note('0', report('1', { life: 'two' }));
    expect(changes.noteCreated(MEETING, 50, [ANN], moment)).toBe(false);
  });
});
