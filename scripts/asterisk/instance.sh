# shellcheck shell=bash
# Sourced: which process is the Asterisk of an instance folder.

# Prints the pid when one is running. A number alone proves nothing: after a reboot it may be anybody's.
instance_pid() { # DIR
  local pid
  pid=$(cat "$1/asterisk.pid" 2>/dev/null) && [ -n "$pid" ] || return 1
  { tr '\0' '\n' <"/proc/$pid/cmdline"; } 2>/dev/null | grep -qxF "$1/etc/asterisk.conf" || return 1
  echo "$pid"
}
