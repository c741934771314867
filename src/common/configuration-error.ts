/** A variable whose value cannot be used; the message names it. */
export class ConfigurationError extends Error {}
