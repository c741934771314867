/** The tenant of callers and data that name none. */
export const DEFAULT_TENANT_ID = 1;

/** Characters: the name of an organisation. */
export const MAX_TENANT_NAME_LENGTH = 200;
