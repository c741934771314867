/** A value that the service cannot use. The message has one sentence for each, which names the variable, on a line of its own. */
export class ConfigurationError extends Error {}
