/** UTF-16 code units of the name of a calendar. */
export const MAX_CALENDAR_NAME_LENGTH = 100;
