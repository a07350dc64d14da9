#!/usr/bin/env bash
# Starts one PostgreSQL for tests and measurements: Debian's server, on loopback, with a cluster of its own that nobody
# else uses. Any number of them run side by side; a cluster of the system is left alone.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
helpline_name=postgres
. "$root/scripts/terminal.sh"
. "$root/scripts/ports.sh"
. "$here/instance.sh"

usage() {
  cat <<USAGE
Usage: scripts/postgres/start.sh --dir DIR --port PORT [option...]
Starts a PostgreSQL on loopback and returns when it serves. Stop it with scripts/postgres/stop.sh DIR.
  --dir DIR      all of this instance; afterwards DIR/postgres.env has its address (HELPLINE_DATABASE_URL)
  --port PORT    where it listens, on 127.0.0.1 only
  --throw-away   does not sync to the disk: faster, and a crash of the machine may damage it
  --quiet        say nothing unless it fails
The server refuses to run as root; started by root it runs as the user 'postgres' of Debian's package, else 'nobody'.
USAGE
}

dir='' port='' sync=on
while [ $# -gt 0 ]; do
  case "$1" in
    --help | -h) usage; exit 0 ;;
    --quiet) helpline_quiet=yes; shift; continue ;;
    --throw-away) sync=off; shift; continue ;;
  esac
  [ $# -ge 2 ] || fail "$1 needs a value (see --help)"
  case "$1" in
    --dir) dir=$2 ;;
    --port) port=$2 ;;
    *) fail "unknown option $1 (see --help)" ;;
  esac
  shift 2
done
[ -n "$dir" ] && [ -n "$port" ] || fail "--dir and --port are needed (see --help)"
dir=$(realpath -m "$dir")
binaries=$(postgres_binaries) || fail "no PostgreSQL server on this machine (Debian: apt-get install postgresql)"
! pid=$(instance_pid "$dir") || fail "already running in $dir (pid $pid); stop it with scripts/postgres/stop.sh $dir"
require_port_free tcp "$port" PostgreSQL --port

started=$(now_tenths)
umask 077
mkdir -p "$dir" 2>/dev/null && [ -w "$dir" ] || fail "cannot write $dir"
as=()
cluster=$dir/cluster
if [ "$(id -u)" -eq 0 ]; then
  user=nobody
  ! id postgres >/dev/null 2>&1 || user=postgres
  as=(setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups)
  # That user need not reach DIR, which may lie in a folder of root alone.
  cluster=$(mktemp -d "${TMPDIR:-/tmp}/helpline-postgres.XXXXXX")
  chown "$user" "$cluster"
fi
echo "$cluster" >"$dir/postgres.cluster"
cd "${TMPDIR:-/tmp}"

give_up() {
  local why
  why=$(grep -hE 'FATAL|ERROR|error:' "$dir/log" 2>/dev/null | tail -1 | tr -s ' ' | cut -c1-200 || true)
  "$here/stop.sh" --quiet "$dir" || true
  fail "$1; ${why:-nothing in its log} (all of it in $dir/log)"
}

password=$(head -c 24 /dev/urandom | base64 | tr -d '+/=\n')
mkdir -p "$cluster"
"${as[@]}" tee "$cluster/password" >/dev/null <<<"$password"
"${as[@]}" "$binaries/initdb" --pgdata "$cluster/data" --username helpline --pwfile "$cluster/password" \
  --auth scram-sha-256 --encoding UTF8 --locale C.UTF-8 --no-sync >"$dir/log" 2>&1 </dev/null ||
  give_up "the cluster could not be made"
rm "$cluster/password"
"${as[@]}" tee -a "$cluster/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = ''
max_connections = 40
shared_buffers = 64MB
fsync = $sync
synchronous_commit = $sync
full_page_writes = $sync
CONF
# A session of its own, so that Ctrl-C in a terminal does not reach it: whoever started it stops it in good order.
setsid "${as[@]}" "$binaries/postgres" -D "$cluster/data" >>"$dir/log" 2>&1 </dev/null &
pid=$!
echo "$pid" >"$dir/postgres.pid"
# ./test reads here what an interrupted test could not stop.
[ -z "${HELPLINE_TEST_INSTANCES:-}" ] || echo "$dir" >>"$HELPLINE_TEST_INSTANCES"
while [ $(($(now_tenths) - started)) -lt 450 ]; do
  kill -0 "$pid" 2>/dev/null || give_up "PostgreSQL ended while starting"
  if "$binaries/pg_isready" --quiet --host 127.0.0.1 --port "$port"; then
    PGPASSWORD=$password "$binaries/createdb" --host 127.0.0.1 --port "$port" --username helpline helpline >>"$dir/log" 2>&1 ||
      give_up "the database could not be made"
    echo "HELPLINE_DATABASE_URL=postgresql://helpline:$password@127.0.0.1:$port/helpline" >"$dir/postgres.env"
    say "started in $(seconds_since "$started") s: 127.0.0.1:$port, pid $pid"
    exit 0
  fi
  sleep 0.05
done
give_up "PostgreSQL did not come up within 45 s"
