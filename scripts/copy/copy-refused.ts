/** The copy is not possible, and nothing has changed. The message contains the remedy. */
export class CopyRefused extends Error {}
