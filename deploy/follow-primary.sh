#!/bin/sh
# Copies the primary at the first start, and then follows it.
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  pg_basebackup -h database -U "$PGUSER" -D "$PGDATA" -X stream --write-recovery-conf
fi
exec postgres
