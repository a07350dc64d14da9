# shellcheck shell=bash
# Sourced: is a port free, and if not, who has it. Read from /proc, so that it works where no network tools are.

port_is_number() { [[ "$1" =~ ^[0-9]+$ ]] && [ "$1" -ge 1 ] && [ "$1" -le 65535 ]; }

# port_taken udp|tcp PORT [ADDRESS]: is it taken for that IPv4 address (127.0.0.1 when none is given)? Ports held on other
# addresses do not collide with ours.
port_taken() {
  local hex state tables=() table bytes=() address
  hex=$(printf '%04X' "$2")
  IFS=. read -r -a bytes <<<"${3:-127.0.0.1}"
  address=$(printf '%02X%02X%02X%02X' "${bytes[3]}" "${bytes[2]}" "${bytes[1]}" "${bytes[0]}")
  # TCP: listening. UDP: bound.
  [ "$1" = tcp ] && state=0A || state=07
  for table in "/proc/net/$1" "/proc/net/${1}6"; do [ ! -r "$table" ] || tables+=("$table"); done
  awk -v port="$hex" -v state="$state" -v address="$address" '
    $4 == state && split($2, a, ":") == 2 && a[2] == port &&
      (a[1] == address || a[1] ~ /^0+$/ || a[1] ~ "FFFF0000" address "$") { found = 1 }
    END { exit !found }' "${tables[@]}"
}

# "java (pid 12)", or nothing when it belongs to somebody else or cannot be known.
port_holder() {
  local pid
  command -v ss >/dev/null || return 0
  pid=$(ss -Hlnp "--$1" "sport = :$2" 2>/dev/null | sed -n 's/.*pid=\([0-9]*\).*/\1/p' | head -1)
  [ -z "$pid" ] || echo " by $(port_program "$pid") (pid $pid)"
}

# An Asterisk started through a private loader goes by the loader's name; the program is what people know.
port_program() {
  local -a words=()
  mapfile -d '' -t words <"/proc/$1/cmdline" 2>/dev/null || true
  case "${words[0]:-}" in
    */ld-linux*) local word; for word in "${words[@]:1}"; do [ -f "$word" ] && { basename "$word"; return; }; done ;;
  esac
  basename "${words[0]:-unknown}"
}

# require_port_free udp|tcp PORT WHAT SETTING [ADDRESS]: fails with one line when the port is taken.
require_port_free() {
  port_is_number "$2" || fail "$4: $2 is not a port (1 to 65535)"
  ! port_taken "$1" "$2" "${5:-127.0.0.1}" || fail "port $2/$1 ($3) is in use$(port_holder "$1" "$2"); free it or choose another with $4"
}
