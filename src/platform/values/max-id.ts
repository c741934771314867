/** The largest identifier. Identifiers are PostgreSQL integers. */
export const MAX_ID = 2_147_483_647;
