#!/usr/bin/env bash
# Stops the Asterisk that scripts/asterisk/start.sh started in DIR; calls in progress end. Nothing running is no error.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
helpline_name=asterisk
. "$root/scripts/terminal.sh"
. "$here/instance.sh"

[ "${1:-}" != --quiet ] || { helpline_quiet=yes; shift; }
case "${1:-}" in
  '' | --help | -h) echo "Usage: scripts/asterisk/stop.sh [--quiet] DIR"; [ $# -gt 0 ] || exit 2; exit 0 ;;
esac
dir=$(realpath -m "$1")
pid=$(instance_pid "$dir") || { rm -f "$dir/asterisk.pid"; say "none is running in $dir"; exit 0; }
# SIGTERM is 'core stop now': channels are hung up, phones get their BYE.
kill "$pid" 2>/dev/null || true
for _ in $(seq 1 60); do
  if ! instance_pid "$dir" >/dev/null; then
    rm -f "$dir/asterisk.pid"
    say "stopped (pid $pid)"
    exit 0
  fi
  sleep 0.05
done
kill -9 "$pid" 2>/dev/null || true
rm -f "$dir/asterisk.pid"
say "stopped by force (pid $pid)"
