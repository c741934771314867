import type { EntityTarget, ObjectLiteral } from 'typeorm';

/** Every entity, by name: the schema is made by migrations, and this list is what they are checked against. */
export const entities: (EntityTarget<ObjectLiteral> & (new () => ObjectLiteral))[] = [];
