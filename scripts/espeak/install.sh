#!/usr/bin/env bash
# espeak-ng, which speaks the prompts in development and tests: the host's own when it has one, else unpacked from the
# host's own Debian release into a private folder. Prints the path of the executable.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
helpline_name=espeak-ng
. "$root/scripts/terminal.sh"
. "$root/scripts/debian.sh"

usage() {
  cat <<USAGE
Usage: scripts/espeak/install.sh [--quiet] [--private] [DIR]
Prints the path of an espeak-ng: this machine's own, else one unpacked into DIR (default: .helpline/espeak).
  --private  unpack one even when the machine has its own
  HELPLINE_DEBIAN_MIRROR, HELPLINE_CACHE: as for scripts/asterisk/install.sh
USAGE
}

target=$root/.helpline/espeak
private=no
while [ $# -gt 0 ]; do
  case "$1" in
    --quiet) helpline_quiet=yes ;;
    --private) private=yes ;;
    --help | -h) usage; exit 0 ;;
    -*) fail "unknown option $1 (see --help)" ;;
    *) target=$(realpath -m "$1") ;;
  esac
  shift
done

if [ "$private" = no ] && own=$(command -v espeak-ng); then
  echo "$own"
  exit 0
fi
if [ -f "$target/.installed" ]; then
  echo "$target/espeak-ng"
  exit 0
fi
debian_require espeak-ng "install espeak-ng in this machine's own way"
codename=$(debian_codename)
[ -n "$codename" ] || fail "this machine does not say which Debian release it is; install espeak-ng in its own way"

# The wrapper finds its folder when it runs: the folder is moved into place after it was proved, and may be copied.
debian_prove() {
  local loader libraries
  loader=$(debian_loader "$1") || return 1
  libraries=$(debian_libraries "$1")
  cat >"$1/espeak-ng" <<WRAPPER
#!/bin/sh
here=\$(dirname "\$(readlink -f "\$0")")
ESPEAK_DATA_PATH=\$here/usr/lib/$(debian_triplet)
export ESPEAK_DATA_PATH
exec env -u LD_LIBRARY_PATH "${loader//"$1"/\$here}" --inhibit-cache --library-path "${libraries//"$1"/\$here}" \\
  "\$here/usr/bin/espeak-ng" "\$@"
WRAPPER
  chmod 755 "$1/espeak-ng"
  # Speaking proves the voices too, a version number alone would not.
  "$1/espeak-ng" -v es -w "$1/spoken.wav" "hola" && [ -s "$1/spoken.wav" ] || { echo "it speaks nothing" >&2; return 1; }
  rm "$1/spoken.wav"
  "$1/espeak-ng" --version | head -1 | sed 's/ *Data at:.*//'
}

started=$(now_tenths)
debian_install espeak-ng espeak "$target" "$codename" espeak-ng espeak-ng-data
say "$(cat "$target/.installed") is in $target ($(seconds_since "$started") s)"
echo "$target/espeak-ng"
