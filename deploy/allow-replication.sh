#!/bin/sh
# Run by the image when it makes its data: a replica signs in from another container.
set -eu
echo 'host replication all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
