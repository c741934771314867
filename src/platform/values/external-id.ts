/** Characters: the most of an id that a product gives to an object of its own. It is unique in the tenant. */
export const MAX_EXTERNAL_ID_LENGTH = 255;
