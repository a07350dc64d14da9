#!/usr/bin/env bash
# Stops the PostgreSQL that scripts/postgres/start.sh started in DIR, and removes its cluster. Nothing running is no
# error.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
helpline_name=postgres
. "$root/scripts/terminal.sh"
. "$here/instance.sh"

[ "${1:-}" != --quiet ] || { helpline_quiet=yes; shift; }
case "${1:-}" in
  '' | --help | -h) echo "Usage: scripts/postgres/stop.sh [--quiet] DIR"; [ $# -gt 0 ] || exit 2; exit 0 ;;
esac
dir=$(realpath -m "$1")
how='none is running'
if pid=$(instance_pid "$dir"); then
  # SIGINT is the fast shutdown: clients are disconnected, everything is written.
  kill -INT "$pid" 2>/dev/null || true
  how="stopped (pid $pid)"
  for _ in $(seq 1 200); do instance_pid "$dir" >/dev/null || break; sleep 0.05; done
  if instance_pid "$dir" >/dev/null; then
    kill -QUIT "$pid" 2>/dev/null || true
    how="stopped by force (pid $pid)"
    for _ in $(seq 1 40); do instance_pid "$dir" >/dev/null || break; sleep 0.05; done
  fi
fi
cluster=$(cat "$dir/postgres.cluster" 2>/dev/null || true)
case "$cluster" in
  */helpline-postgres.* | "$dir/cluster") rm -rf "$cluster" ;;
esac
rm -f "$dir/postgres.pid" "$dir/postgres.cluster" "$dir/postgres.env"
say "$how in $dir"
