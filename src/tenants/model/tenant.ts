/** Characters: the name of an organisation. */
export const MAX_TENANT_NAME_LENGTH = 200;
