#!/usr/bin/env bash
# An Asterisk 22 for development and tests, unpacked from Debian packages into a private folder; nothing is installed
# on the host and root is not needed. Production runs its own Asterisk with the configuration in docker/asterisk.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
helpline_name=asterisk
. "$root/scripts/terminal.sh"
. "$root/scripts/debian.sh"

usage() {
  cat <<USAGE
Usage: scripts/asterisk/install.sh [--quiet] [DIR]
Unpacks Asterisk 22 into DIR (default: .helpline/asterisk); does nothing when it is there already.
  HELPLINE_DEBIAN_MIRROR  mirror to use instead of the one in this machine's apt sources
  HELPLINE_DEBIAN_SUITE   suite to take it from (default: unstable, the one that has Asterisk 22)
  HELPLINE_CACHE          where downloaded packages are kept (default: ~/.cache/helpline)
USAGE
}

target=$root/.helpline/asterisk
while [ $# -gt 0 ]; do
  case "$1" in
    --quiet) helpline_quiet=yes ;;
    --help | -h) usage; exit 0 ;;
    -*) fail "unknown option $1 (see --help)" ;;
    *) target=$(realpath -m "$1") ;;
  esac
  shift
done

if [ -f "$target/.installed" ]; then
  say "$(cat "$target/.installed") is in $target"
  exit 0
fi

own_instead="set HELPLINE_ASTERISK_URL to an Asterisk 22 of your own"
debian_require "Asterisk" "$own_instead"

# Unstable moves on: a newer major version is refused before anything is downloaded.
debian_check_manifest() {
  local version
  version=$(sed -n 's/^asterisk_\(1%3a\)\{0,1\}\([^_]*\)_.*/\2/p' "$1")
  case "$version" in
    22.*) ;;
    *) fail "$2 offers Asterisk ${version:-of no known version}, Helpline needs 22; set HELPLINE_DEBIAN_MIRROR to a snapshot of Debian that has it, or $own_instead" ;;
  esac
}

debian_prove() {
  local loader
  loader=$(debian_loader "$1") || return 1
  env -u LD_LIBRARY_PATH "$loader" --inhibit-cache --library-path "$(debian_libraries "$1")" "$1/usr/sbin/asterisk" -V
}

started=$(now_tenths)
sounds=(asterisk-core-sounds-{en,es,fr,ru}{,-gsm} asterisk-moh-opsound-gsm)
debian_install Asterisk asterisk "$target" "${HELPLINE_DEBIAN_SUITE:-unstable}" asterisk asterisk-modules "${sounds[@]}"
say "$(cat "$target/.installed") is in $target ($(du -sm "$target" | cut -f1) MB, $(seconds_since "$started") s)"
