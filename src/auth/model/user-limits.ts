/**
 * UTF-16 code units. A full name with titles is shorter. The table of users belongs to `users/`; the bound is here,
 * since an account of a provider gives a name too.
 */
export const MAX_USER_NAME_LENGTH = 200;
