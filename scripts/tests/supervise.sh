#!/usr/bin/env bash
# Tests scripts/supervise.sh with a program that ends as it is told, in time that does not pass by itself.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck disable=SC2034 # for terminal.sh
helpline_name=supervise
. "$root/scripts/terminal.sh"
. "$root/scripts/supervise.sh"

tests=0
clock=0 server='' ended=0
now_tenths() { echo "$clock"; }
say() { said+="$* "; }

# Each start takes the next pair "CODE/SECONDS": how it ends, and after how long.
launch() {
  starts+=("$1")
  # shellcheck disable=SC2034 # set for who watches
  server=4711
}
watch_for() {
  if [ $# -gt 0 ]; then
    pauses+=("$1")
    clock=$((clock + $1 * 10))
    [ "${asterisk_ends:-}" != "pause ${#pauses[@]}" ]
    return
  fi
  local life=${lives[$((${#starts[@]} - 1))]:-0/0}
  ended=${life%/*} clock=$((clock + ${life#*/} * 10))
  [ "${asterisk_ends:-}" != "start ${#starts[@]}" ]
}

# runs EXPECTED-STATUS STARTS PAUSES WORD-IN-OUTPUT LIFE...
runs() {
  local status=0 expected="$1" count="$2" paused="$3" word="$4"
  shift 4
  lives=("$@") starts=() pauses=() restarts=() said=' '
  keep_running || status=$?
  tests=$((tests + 1))
  if [ "$status $count $paused" != "$expected ${#starts[@]} ${pauses[*]}" ] || [[ "$said" != *"$word"* ]]; then
    fail "test $tests (${lives[*]}): expected status $expected, $count starts, pauses '$paused' and '$word', but got $status, ${#starts[@]}, '${pauses[*]}' and:$said"
  fi
}

# Ends that are meant.
runs 0 1 '' '' 0/100
runs 0 1 '' 'told to' 143/100
runs 0 1 '' 'told to' 130/100
runs 1 1 '' 'exit code 2' 2/1
runs 1 1 '' 'exit code 3' 3/100
runs 1 1 '' 'exit code 1' 1/1
# Crashes.
runs 0 2 '1' 'killed by signal 9' 137/100 0/1
runs 0 2 '1' 'killed by signal 6' 134/100 0/1
runs 0 2 '1' 'exit code 42' 42/100 0/1
# A later start may find a port that is not free yet; what it refuses is refused.
runs 0 3 '1 2' '2 of 5' 137/100 1/1 0/1
runs 1 2 '1' 'exit code 3' 137/100 3/1
runs 1 2 '1' 'exit code 2' 137/100 2/1
# Bounds: six ends in ten minutes are enough, and crashes further apart never are.
runs 1 6 '1 2 4 8 16' 'is not started again' 137/1 137/1 137/1 137/1 137/1 137/1
runs 0 8 '1 1 1 1 1 1 1' '' 137/601 137/601 137/601 137/601 137/601 137/601 137/601 0/1
runs 0 7 '1 2 4 4 4 4' '' 137/1 137/200 137/200 137/200 137/200 137/200 0/1
# Without Asterisk there is nobody to serve.
asterisk_ends='start 2'
runs 1 2 '1' '' 137/1 0/100
asterisk_ends='pause 1'
runs 1 1 '1' '' 137/1 0/100
[ "${starts[*]}" = yes ] || fail "the first start is not told: ${starts[*]}"
asterisk_ends=
runs 0 3 '1 2' '' 137/1 137/1 0/1
[ "${starts[*]}" = "yes no no" ] || fail "a start again must not be the first: ${starts[*]}"

echo "supervise: $tests tests, no complaint"
