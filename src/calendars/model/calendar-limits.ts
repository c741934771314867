/** UTF-16 code units of the name of a calendar. */
export const MAX_CALENDAR_NAME_LENGTH = 100;

/** The calendars of one user, the primary one included. A client shows all of them beside each other. */
export const MAX_CALENDARS_OF_USER = 100;

/** The largest place of a calendar in the order of its user. */
export const MAX_CALENDAR_POSITION = 1_000_000;

/** The grants of one calendar. A larger group of users is a tenant, whose grant is one. */
export const MAX_GRANTS_OF_CALENDAR = 500;
