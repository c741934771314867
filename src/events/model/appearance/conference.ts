/** Where people meet who are not at the place of an event: at a URL, by phone, or both. */
export interface Conference {
  readonly url: string | null;
  /** The name of the service, such as `Jitsi`. */
  readonly provider: string | null;
  readonly phone: string | null;
  readonly pin: string | null;
}
