import { DAY, SECOND } from '../../../calendar/time/civil-time.js';
import { DomainError, invalidInput } from '../../../errors/domain-error.js';
import { MAX_EVENT_DAYS } from '../../../events/model/schedule/schedule-change.js';
import { EVENT_FIELDS } from '../../../events/rest/event-fields.js';
import { tooManyInvitations } from '../../../events/write/invitation-limit.service.js';
import { holdConfirmed, holdExpired } from '../../../holds/model/hold.policy.js';
import { inWireNames } from '../../../http/wire-names/wire-names.js';
import { BOOKED } from '../people/booked.js';
import { WEEKLY_EVENT } from '../people/weekly-event.js';
import { absentInField, absentInPath, TIME_TAKEN } from '../steps/refusals.js';
import type { Chapter } from '../steps/step.js';

const HOLD = {
  id: 1,
  start_date: '2126-09-10T12:00:00Z',
  end_date: '2126-09-10T13:00:00Z',
  duration: 3600,
  user_ids: [1],
  room_ids: [],
  expires_at: '2022-09-06T14:26:47.878Z',
  open: true,
  event_id: null,
  created_at: '2022-09-06T14:16:47.878Z',
};

const EXTENDED_UNTIL = '2022-09-06T14:31:47.878Z';

const PATH = { hold_id: 1 };

const ABSENT = absentInPath('hold');

const EXPIRED = holdExpired({ id: 1, expiresAt: new Date(HOLD.expires_at) });

const BAD_PAGE = invalidInput({ field: 'limit', message: 'must be an integer from 1 to 1000' });

/** An hour of user 1, which becomes event 9. */
export const HOLDS_CHAPTER: Chapter = {
  createHold: {
    problems: {
      400: invalidInput({
        field: 'duration',
        message: `must be from 1 to ${(MAX_EVENT_DAYS * DAY) / SECOND} seconds`,
      }),
      404: absentInField('user_ids', 'user'),
      409: TIME_TAKEN,
      429: new DomainError(
        'quota-exceeded',
        'too_many_holds',
        'The caller has 10 open holds. Confirm or delete one of them, or wait until one expires.',
      ),
    },
    requests: {
      hour: {
        summary: 'An hour of one user',
        value: { start_date: '2126-09-10T12:00:00Z', duration: '1h', user_ids: [1], expires_in: '10m' },
      },
    },
    response: HOLD,
  },
  listHolds: { response: [HOLD], problems: { 400: BAD_PAGE } },
  extendHold: {
    parameters: PATH,
    requests: { minutes: { summary: 'Fifteen minutes more', value: { expires_in: '15m' } } },
    response: { ...HOLD, expires_at: EXTENDED_UNTIL },
    problems: { 404: ABSENT, 409: holdConfirmed({ id: 1 }), 410: EXPIRED },
  },
  confirmHold: {
    parameters: PATH,
    requests: {
      interview: { summary: 'The event of the hold', value: { title: 'Interview', organizer_user_id: 1 } },
    },
    response: {
      ...WEEKLY_EVENT,
      id: 9,
      title: 'Interview',
      description: null,
      start_date: '2126-09-10T12:00:00Z',
      end_date: '2126-09-10T13:00:00Z',
      duration: 3600,
      repeat: null,
      rrule: null,
      recurrence: [],
      ...BOOKED,
    },
    problems: {
      404: ABSENT,
      409: TIME_TAKEN,
      410: EXPIRED,
      429: inWireNames(EVENT_FIELDS, tooManyInvitations()),
    },
  },
  getHold: {
    parameters: PATH,
    response: { ...HOLD, expires_at: EXTENDED_UNTIL, open: false, event_id: 9 },
    problems: { 404: ABSENT },
  },
  deleteHold: { parameters: PATH, problems: { 404: ABSENT } },
};
