import { DomainError, invalidInput } from '../../errors/domain-error.js';
import { absentInPath, KEY_REQUIRED } from './steps/refusals.js';
import type { Chapter } from './steps/step.js';

const CREATED = { created_at: '2022-09-06T14:16:47.878Z', updated_at: '2022-09-06T14:16:47.878Z' };

const LOVELACE = {
  id: 5,
  name: 'Lovelace',
  kind: 'room',
  email: 'room-5@resource.invalid',
  capacity: 8,
  features: ['video', 'whiteboard'],
  place: { building: 'Headquarters', floor: '2' },
  time_zone: 'Europe/Moscow',
  opening_hours: [{ days_of_week: [1, 2, 3, 4, 5], from: '08:00', to: '20:00' }],
  availability_overrides: [],
  away: [],
  auto_accept: true,
  external_id: null,
  metadata: {},
  ...CREATED,
};

const PROJECTOR = {
  id: 6,
  name: 'Projector',
  kind: 'equipment',
  email: 'room-6@resource.invalid',
  capacity: null,
  features: [],
  place: { building: null, floor: null },
  time_zone: 'UTC',
  opening_hours: null,
  availability_overrides: [],
  away: [],
  auto_accept: true,
  external_id: 'projector-1',
  metadata: { inventory: '4711' },
  ...CREATED,
};

const EXTERNAL_ID_TAKEN = new DomainError(
  'conflict',
  'external_id_taken',
  '`external_id` belongs to another room.',
  [{ field: 'external_id', message: 'belongs to another room' }],
);

/** Room 5, which closes in the end, and the projector 6. */
export const ROOMS_CHAPTER: Chapter = {
  createRoom: {
    problems: {
      400: invalidInput({ field: 'capacity', message: 'must be an integer from 1 to 100000' }),
      403: KEY_REQUIRED,
      409: EXTERNAL_ID_TAKEN,
    },
    requests: {
      room: {
        summary: 'A room with opening hours',
        value: {
          name: 'Lovelace',
          capacity: 8,
          features: ['video', 'whiteboard'],
          place: { building: 'Headquarters', floor: '2' },
          time_zone: 'Europe/Moscow',
          opening_hours: [{ days_of_week: [1, 2, 3, 4, 5], from: '08:00', to: '20:00' }],
        },
      },
    },
    response: LOVELACE,
  },
  listRooms: {
    parameters: {
      capacity: 6,
      features: ['video'],
      free_from: '2022-09-07T10:00:00Z',
      free_to: '2022-09-07T11:00:00Z',
    },
    response: [LOVELACE],
    problems: { 400: invalidInput({ field: 'free_to', message: 'is required with free_from' }) },
  },
  setRoomByExternalId: {
    parameters: { external_id: 'projector-1' },
    problems: {
      400: invalidInput({ field: 'external_id', message: 'differs from that of the path' }),
      403: KEY_REQUIRED,
      409: EXTERNAL_ID_TAKEN,
      412: { code: 'precondition_failed', detail: 'The resource exists already.' },
    },
    requests: {
      projector: {
        summary: 'A piece of equipment of the product',
        value: { name: 'Projector', kind: 'equipment', metadata: { inventory: '4711' } },
      },
    },
    response: PROJECTOR,
  },
  getRoomByExternalId: {
    parameters: { external_id: 'projector-1' },
    problems: {
      400: invalidInput({ field: 'external_id', message: 'must not be empty' }),
      404: new DomainError('not-found', 'room_not_found', 'No room has this external id.'),
    },
    response: PROJECTOR,
  },
  getRoom: {
    parameters: { room_id: 5 },
    response: LOVELACE,
    problems: { 404: absentInPath('room') },
  },
  updateRoom: {
    parameters: { room_id: 5 },
    problems: { 403: KEY_REQUIRED, 404: absentInPath('room'), 409: EXTERNAL_ID_TAKEN },
    requests: {
      approval: {
        summary: 'A room for which somebody answers',
        value: { auto_accept: false },
      },
    },
    response: { ...LOVELACE, auto_accept: false },
  },
  deleteRoom: {
    parameters: { room_id: 5 },
    problems: { 403: KEY_REQUIRED, 404: absentInPath('room') },
  },
};
