# shellcheck shell=bash
# Sourced: how every command of this project talks. `helpline_name` is put before each line.

# One line that says what is wrong and what to do, then the end.
fail() { echo "${helpline_name:-helpline}: $*" >&2; exit 1; }

# Progress goes to standard error, so that a command's output stays usable in a pipe.
say() { [ "${helpline_quiet:-}" = yes ] || echo "${helpline_name:-helpline}: $*" >&2; }

# Tenths of a second since boot: a clock that nobody sets back while we measure with it.
now_tenths() { local up; read -r up _ </proc/uptime; up=${up%?}; echo "${up/./}"; }

# seconds_since START: for people, as in "3.4"
seconds_since() { local t=$(($(now_tenths) - $1)); echo "$((t / 10)).$((t % 10))"; }
