import { MAX_COUNT } from '../../calendar/recurrence/rule/rule-limits.js';

/** UTF-16 code units, the same for each occurrence. A title is one line; longer text is a description. */
export const MAX_TITLE_LENGTH = 500;

/** UTF-16 code units. Some three pages: each response that shows the event has the whole description. */
export const MAX_DESCRIPTION_LENGTH = 8_192;

/** UTF-16 code units. An address with directions, or the URL of a meeting. */
export const MAX_LOCATION_LENGTH = 1_000;

/** UTF-16 code units. A few sentences: a response with the event has the comments of all its attendees. */
export const MAX_COMMENT_LENGTH = 1_000;

/** Each attendee is a row, and each response lists the attendees. The limit fits a meeting of a whole company. */
export const MAX_INVITED_USERS = 1_000;

/** The rooms of one event. Each has opening hours, which the service compares with each occurrence. */
export const MAX_INVITED_ROOMS = 50;

/** RDATEs, and as many EXDATEs, of one command: as many as COUNT may count. The service reads all of them with the series. */
export const MAX_DATES = MAX_COUNT;

/** The attendees of all events of one batch. The response lists all of them, in some 3 MB of JSON. */
export const MAX_ATTENDEES_IN_BATCH = 10_000;
