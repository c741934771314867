export type { Event, EventPatch, NewEvent, NewUser, RedactedEvent, Repeat } from './generated/calendar.js';
