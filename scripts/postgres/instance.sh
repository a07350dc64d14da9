# shellcheck shell=bash
# Sourced: which process is the PostgreSQL of an instance folder, and where its programs are.

# Prints the pid when one is running. A number alone proves nothing: after a reboot it may be anybody's.
instance_pid() { # DIR
  local pid cluster
  pid=$(cat "$1/postgres.pid" 2>/dev/null) && [ -n "$pid" ] || return 1
  cluster=$(cat "$1/postgres.cluster" 2>/dev/null) && [ -n "$cluster" ] || return 1
  { tr '\0' '\n' <"/proc/$pid/cmdline"; } 2>/dev/null | grep -qxF "$cluster/data" || return 1
  echo "$pid"
}

# The newest version on this machine. Debian keeps the server's programs out of the PATH.
postgres_binaries() {
  local folder found=''
  for folder in /usr/lib/postgresql/*/bin; do [ ! -x "$folder/initdb" ] || found=$folder; done
  if [ -z "$found" ] && command -v initdb >/dev/null; then found=$(dirname "$(command -v initdb)"); fi
  [ -n "$found" ] && echo "$found"
}
