/**
 * A property of iCalendar as it is written (RFC 5545 §3.1), unfolded. The value is raw: its escapes are not resolved, so
 * that a property of which nothing is known keeps its value.
 */
export interface ContentLine {
  /** In upper case. */
  readonly name: string;
  /** In the order of the file. */
  readonly parameters: readonly Parameter[];
  readonly value: string;
}

/** A parameter of a property. The values have no quotes, and the escapes of RFC 6868 are resolved. */
export interface Parameter {
  /** In upper case. */
  readonly name: string;
  /** At least one; a list such as MEMBER has several. */
  readonly values: readonly string[];
}

/** A component of iCalendar (RFC 5545 §3.4), such as an alarm. */
export interface Component {
  /** In upper case. */
  readonly name: string;
  readonly properties: readonly ContentLine[];
  readonly components: readonly Component[];
}
