/** New original starts by old ones, as civil time text. A record whose original start is absent is deleted. */
export type Rekeying = ReadonlyMap<string, string>;
