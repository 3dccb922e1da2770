#!/bin/sh
# A throw-away PostgreSQL for tests: `start` prints the value of REABLE_DATABASE, `stop` removes everything again.
# Without REABLE_DATABASE set so, the tests use SQLite. Binaries: PG_BIN, else the newest in /usr/lib/postgresql.
set -eu

PORT=${PG_PORT:-5433}
HOME_OF_IT=/tmp/reable-postgres-$PORT
PG_BIN=${PG_BIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)}

as_postgres() {
  # The server refuses to run as root.
  if [ "$(id -u)" = 0 ]; then su postgres -s /bin/sh -c "$1"; else sh -c "$1"; fi
}

start() {
  if [ -z "$PG_BIN" ] || [ ! -x "$PG_BIN/initdb" ]; then
    echo "no PostgreSQL server on this machine: install the package 'postgresql'" >&2
    exit 1
  fi
  [ ! -d "$HOME_OF_IT" ] || stop
  mkdir -m 700 "$HOME_OF_IT"
  if [ "$(id -u)" = 0 ]; then chown postgres "$HOME_OF_IT"; fi
  # LC_COLLATE=C: texts sort the same on every machine. No fsync: nothing here has to survive.
  as_postgres "$PG_BIN/initdb -D $HOME_OF_IT/data -U postgres -A trust --no-sync -E UTF8 --locale=C >/dev/null"
  as_postgres "$PG_BIN/pg_ctl -D $HOME_OF_IT/data -l $HOME_OF_IT/log -w -o '-p $PORT -c listen_addresses=127.0.0.1 -k $HOME_OF_IT -c fsync=off -c max_connections=60' start >/dev/null"
  as_postgres "$PG_BIN/createdb -h 127.0.0.1 -p $PORT -U postgres reable"
  echo "postgresql://postgres@127.0.0.1:$PORT/reable"
}

stop() {
  [ -d "$HOME_OF_IT" ] || return 0
  as_postgres "$PG_BIN/pg_ctl -D $HOME_OF_IT/data -m immediate stop >/dev/null" || true
  rm -rf "$HOME_OF_IT"
}

case "${1:-}" in
  start) start ;;
  stop) stop ;;
  *)
    echo "usage: $0 start|stop" >&2
    exit 2
    ;;
esac
