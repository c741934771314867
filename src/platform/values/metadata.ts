/** What a product keeps with an object: at most 50 keys of `[A-Za-z0-9_.-]{1,64}`, with texts of at most 500 characters. */
export type Metadata = Readonly<Record<string, string>>;
