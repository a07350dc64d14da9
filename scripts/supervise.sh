# shellcheck shell=bash
# Sourced, after terminal.sh: keeps a program running. One that crashed is started again after a growing pause, at most
# `most_restarts` times within `restart_window`; one that ended because it should is not.
#
# Whoever sources this has
#   launch FIRST        starts the program in the background and sets `server`; FIRST is yes for the first start
#   watch_for SECONDS   waits until the program ends and sets `ended` to its exit code; with SECONDS it waits that long
#                       and there is no program. Fails when there is no use in going on, having said why.

most_restarts=5
restart_window=600 # seconds
restarts=()        # when, in tenths since boot

# What an exit code of `helpline run` means.
end_reason() {
  case "$1" in
    2) echo "the configuration is refused" ;;
    3) echo "another Helpline owns its calls" ;;
    130 | 143) echo "it was told to" ;;
    1[3-9][0-9]) echo "killed by signal $(($1 - 128))" ;;
    *) echo "exit code $1" ;;
  esac
}

# restart_useful CODE FIRST: would another start help? One that could not even start for the first time would not.
restart_useful() {
  case "$1" in
    0 | 2 | 3 | 130 | 143) return 1 ;;
    1) [ "$2" = no ] ;;
    *) return 0 ;;
  esac
}

# Sets `restart_pause`, in seconds, and counts a restart; fails when there were enough.
next_restart() {
  local now at recent=()
  now=$(now_tenths)
  for at in "${restarts[@]}"; do [ $((now - at)) -ge $((restart_window * 10)) ] || recent+=("$at"); done
  restarts=("${recent[@]}")
  [ ${#restarts[@]} -lt "$most_restarts" ] || return 1
  restart_pause=$((1 << ${#restarts[@]}))
  restarts+=("$now")
}

# Returns when the program has ended as it should; fails, having said why, when it has not and is not started again.
keep_running() {
  local first=yes
  ended=0
  while :; do
    launch "$first"
    watch_for || return 1
    # shellcheck disable=SC2034 # for whoever sources this
    server=''
    case "$ended" in
      0) return 0 ;;
      130 | 143) say "Helpline has ended: $(end_reason "$ended")"; return 0 ;;
    esac
    if ! restart_useful "$ended" "$first"; then
      say "Helpline has ended (exit code $ended)"
      return 1
    fi
    if ! next_restart; then
      say "Helpline has ended $((most_restarts + 1)) times within $((restart_window / 60)) minutes, now: $(end_reason "$ended"); it is not started again. What it said is above; report it."
      return 1
    fi
    say "Helpline has ended: $(end_reason "$ended"); callers keep their place, it is started again in $restart_pause s (${#restarts[@]} of $most_restarts within $((restart_window / 60)) minutes)"
    watch_for "$restart_pause" || return 1
    first=no
  done
}
