#!/bin/sh
# The image runs this script when it initialises its data. It lets a replica in another container connect.
set -eu
echo 'host replication all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
