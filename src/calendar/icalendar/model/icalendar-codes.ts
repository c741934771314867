/** The codes of what a reader had to decide. */
export const WARNING_CODES = [
  'content_dropped',
  'duplicate_component',
  'encoding_guessed',
  'end_before_start',
  'end_equals_start',
  'invalid_line',
  'no_occurrence',
  'nominal_duration',
  'occurrence_of_other_form',
  'range_without_series',
  'recurrence_id_is_date',
  'split_not_moved',
  'time_zone_guessed',
] as const;
export type WarningCode = (typeof WARNING_CODES)[number];

/** The codes of why an object cannot be an event. */
export const OBJECT_PROBLEM_CODES = [
  'invalid_date',
  'invalid_duration',
  'invalid_line',
  'invalid_rule',
  'invalid_series',
  'missing_start',
  'no_occurrence',
  'object_too_long',
  'occurrence_not_found',
  'too_many_values',
  'uid_too_long',
  'unsupported_component',
  'unsupported_rule',
] as const;
export type ObjectProblemCode = (typeof OBJECT_PROBLEM_CODES)[number];
