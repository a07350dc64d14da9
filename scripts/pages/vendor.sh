#!/usr/bin/env bash
# Fetches what the pages use of others (agent-gateway/pages/package-lock.json) and copies what browsers load of it.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
helpline_name=pages
. "$root/scripts/terminal.sh"

usage() {
  cat <<USAGE
Usage: scripts/pages/vendor.sh FOLDER
Writes sip.js, uPlot and lit to FOLDER, which agent-gateway serves as /vendor/. The build calls it. Packages are
fetched once, checked against the lock file's checksums; with nothing new to fetch or copy it takes milliseconds.
USAGE
}

case "${1:-}" in
  '') usage >&2; exit 2 ;;
  --help | -h) usage; exit 0 ;;
esac
[ $# -eq 1 ] || fail "one argument is needed: the folder to write (see --help)"
target=$(realpath -m "$1")
pages=$root/agent-gateway/pages

wanted=$(cat "$pages"/{package-lock.json,vendor.mjs} | sha256sum | cut -d' ' -f1)
[ "$(cat "$target/.made-of" 2>/dev/null)" != "$wanted" ] || exit 0

command -v npm >/dev/null && command -v node >/dev/null ||
  fail "the pages need node and npm for building (on Debian: apt-get install nodejs npm); they run without them"
mkdir -p "$root/.helpline"
# Two builds beside each other would empty each other's node_modules.
exec 8>"$root/.helpline/pages.lock"
flock 8
lock=$(sha256sum <"$pages/package-lock.json" | cut -d' ' -f1)
if [ "$(cat "$pages/node_modules/.made-of" 2>/dev/null)" != "$lock" ]; then
  say "fetching sip.js, uPlot and lit"
  log=$root/.helpline/pages.log
  # No package's own scripts: nothing of these needs any.
  (cd "$pages" && npm ci --ignore-scripts --no-audit --no-fund) >"$log" 2>&1 </dev/null ||
    fail "npm ci failed in agent-gateway/pages: $(grep -m 1 -iE 'err(or)?[ !]' "$log" | cut -c1-200) (is the network there? all of it is in .helpline/pages.log)"
  echo "$lock" >"$pages/node_modules/.made-of"
fi
node "$pages/vendor.mjs" "$target" >/dev/null
echo "$wanted" >"$target/.made-of"
