#!/bin/sh
# Copies the primary once, and follows it from then on.
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  pg_basebackup -h database -U "$PGUSER" -D "$PGDATA" -X stream --write-recovery-conf
fi
exec postgres
