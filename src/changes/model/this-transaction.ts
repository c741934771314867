/** SQL of the number of the running transaction. PostgreSQL never gives one twice in the life of a cluster. */
export const THIS_TRANSACTION = (): string => 'this_transaction()';
