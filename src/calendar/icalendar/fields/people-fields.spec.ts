import { describe, expect, test } from '@jest/globals';
import { parsedLine } from '../content/parsed-line.js';
import { writtenLine } from '../content/written-line.js';
import type { ICalendarAttendee } from '../model/icalendar-event.js';
import { mergedPeople, PEOPLE } from './people-fields.js';

const KEPT = [
  'ORGANIZER;SENT-BY="mailto:s@example.com";CN=Host:mailto:host@example.com',
  'ATTENDEE;PARTSTAT=ACCEPTED;X-A=1:MAILTO:Host@example.com',
  'ATTENDEE;RSVP=TRUE;PARTSTAT=NEEDS-ACTION;X-A=2:mailto:ann@example.com',
  'ATTENDEE;CUTYPE=GROUP:urn:uuid:1',
].map((text, index) => parsedLine(text, index + 1));

const BEN: ICalendarAttendee = {
  email: 'ben@example.com',
  name: 'Ben',
  status: 'accepted',
  role: 'optional',
  comment: 'Yes: 5, or 6',
};

function merged(
  change: (people: ReturnType<typeof PEOPLE.read>) => ReturnType<typeof PEOPLE.read>,
): string[] {
  return mergedPeople(change(PEOPLE.read(KEPT)), KEPT).map((line) =>
    writtenLine(line).replaceAll('\r\n ', '').trim(),
  );
}

function declined(person: ICalendarAttendee): ICalendarAttendee {
  return { ...person, status: 'declined' };
}

describe('the people of an event', () => {
  test('are an organizer with an answer, and attendees with a mail address', () => {
    expect(PEOPLE.read(KEPT)).toEqual({
      organizer: {
        email: 'host@example.com',
        name: 'Host',
        participation: { status: 'accepted', role: 'required', comment: null },
      },
      attendees: [
        { email: 'ann@example.com', name: null, status: 'needs_action', role: 'required', comment: null },
      ],
    });
  });

  test('without a change are those of the file', () => {
    expect(merged((people) => people)).toEqual(KEPT.map((line) => writtenLine(line).trim()));
  });

  test('keep their other parameters when one answers', () => {
    expect(merged((people) => ({ ...people, attendees: people.attendees.map(declined) }))[2]).toBe(
      'ATTENDEE;RSVP=TRUE;X-A=2;PARTSTAT=DECLINED:mailto:ann@example.com',
    );
  });

  test('lose one who is removed, and gain one who is added', () => {
    const lines = merged((people) => ({ ...people, attendees: [BEN] }));
    expect(lines).toHaveLength(4);
    expect(lines.join()).not.toContain('ann@example.com');
    expect(lines[3]).toBe(
      'ATTENDEE;CN=Ben;ROLE=OPT-PARTICIPANT;PARTSTAT=ACCEPTED;X-RESPONSE-COMMENT="Yes: 5, or 6":mailto:ben@example.com',
    );
  });

  test('have an address once', () => {
    const twice = ['ATTENDEE;CN=A:mailto:a@example.com', 'ATTENDEE;CN=B:mailto:A@EXAMPLE.com'].map((text) =>
      parsedLine(text, 1),
    );
    expect(PEOPLE.read(twice).attendees).toMatchObject([{ name: 'A' }]);
  });

  test.each([
    ['ATTENDEE;EMAIL=a@example.com:urn:uuid:1', ['a@example.com']],
    ['ATTENDEE:a@example.com', ['a@example.com']],
    ['ATTENDEE:invalid:nomail', []],
    ['ATTENDEE:mailto:', []],
    [`ATTENDEE:mailto:${'x'.repeat(300)}@example.com`, []],
  ])('%s has the addresses %p', (text, addresses) => {
    expect(PEOPLE.read([parsedLine(text, 1)]).attendees.map(({ email }) => email)).toEqual(addresses);
  });
});
