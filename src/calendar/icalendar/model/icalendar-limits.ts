/** Characters. RFC 7986 §5.3 recommends fewer than 255; Outlook writes more than 112, and Exchange several joined. */
export const MAX_UID_LENGTH = 1_000;

/** RDATEs, and as many EXDATEs, of one event: as many as COUNT may count. */
export const MAX_FILE_DATES = 1_000;

/** VEVENTs of one UID: the series and its changed occurrences, two years of days. Each is compared with the series. */
export const MAX_FILE_OVERRIDES = 1_000;

/** Occurrences of one event that get an end of their own, because its DURATION has days and the clocks change: ten years. */
export const MAX_NOMINAL_ENDS = 20;

/** ATTENDEEs of one VEVENT: the meeting of a whole company. */
export const MAX_FILE_ATTENDEES = 1_000;

/** Components within components. A VALARM in a VEVENT in a VCALENDAR is three deep; extensions add one or two. */
export const MAX_NESTING = 10;

/** Properties and components of one object. A meeting of 1,000 attendees with alarms has fewer. */
export const MAX_OBJECT_LINES = 20_000;

/**
 * Characters of the content of one event that its fields do not carry, alarms and attachments included. The service stores
 * it with the event and writes it in every export.
 */
export const MAX_KEPT_LENGTH = 256 * 1024;

/** UTF-16 code units of the texts of an event. `kept` has a longer text in full, and the field has its beginning. */
export const TEXT_LIMITS = {
  title: 500,
  description: 8_192,
  location: 1_000,
  comment: 1_000,
  category: 100,
  conferenceText: 100,
  url: 2_048,
} as const;

/** Categories of one event. */
export const MAX_FILE_CATEGORIES = 50;

/** Properties of one VCALENDAR beside its components. Programs write some ten. */
export const MAX_CALENDAR_PROPERTIES = 1_000;

/** Components of all VCALENDARs of a file. In the largest file of an import, each has 160 characters on average. */
export const MAX_FILE_COMPONENTS = 100_000;

/** VCALENDARs of one file. Programs that join the files of a folder write one for each event. */
export const MAX_FILE_CALENDARS = 50_000;

/** Zones of one file that are compared with all zones of the IANA database, some 10 ms each. Calendars use a few. */
export const MAX_COMPARED_ZONES = 50;
