# shellcheck shell=bash
# shellcheck disable=SC2154 # root is set by whoever sources this
# Sourced: stops what tests started and left. Tests stop what they start; those that are interrupted or killed cannot.

# remember_instances FILE: where tests note the servers they start.
remember_instances() {
  export HELPLINE_TEST_INSTANCES=$1
}

stop_instances() {
  local dir
  [ -f "${HELPLINE_TEST_INSTANCES:-}" ] || return 0
  while read -r dir; do
    if [ -f "$dir/postgres.pid" ]; then "$root/scripts/postgres/stop.sh" --quiet "$dir"; fi
    if [ -f "$dir/asterisk.pid" ]; then "$root/scripts/asterisk/stop.sh" --quiet "$dir"; fi
  done <"$HELPLINE_TEST_INSTANCES"
  rm -f "$HELPLINE_TEST_INSTANCES"
}
