# shellcheck shell=bash
# shellcheck disable=SC2154 # root is set by whoever sources this
# Sourced: stops what tests started and left. Tests stop what they start; those that are interrupted or killed cannot.

# remember_instances FILE: where tests note the servers they start.
remember_instances() {
  export HELPLINE_TEST_INSTANCES=$1
}

stop_instances() {
  local dir pid
  [ -f "${HELPLINE_TEST_INSTANCES:-}" ] || return 0
  while read -r dir; do
    if [ -f "$dir/postgres.pid" ]; then "$root/scripts/postgres/stop.sh" --quiet "$dir"; fi
    if [ -f "$dir/asterisk.pid" ]; then "$root/scripts/asterisk/stop.sh" --quiet "$dir"; fi
    # A number alone proves nothing: it may be anybody's by now.
    if pid=$(cat "$dir/redis.pid" 2>/dev/null) && [ "$(readlink "/proc/$pid/cwd" 2>/dev/null)" = "$dir" ]; then
      kill -9 "$pid" || true
      rm -rf "$dir"
    fi
  done <"$HELPLINE_TEST_INSTANCES"
  rm -f "$HELPLINE_TEST_INSTANCES"
}
