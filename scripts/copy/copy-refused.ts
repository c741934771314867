/** A copy that cannot be made; nothing has changed. The message says what to do. */
export class CopyRefused extends Error {}
