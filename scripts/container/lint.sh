#!/usr/bin/env bash
# Lints what docker/ builds and starts. No container engine is needed, and none is used.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck disable=SC2034 # for terminal.sh
helpline_name=container
. "$root/scripts/terminal.sh"

case "${1:-}" in
  '') ;;
  --help | -h)
    echo "Usage: scripts/container/lint.sh"
    echo "Checks the Dockerfiles, docker/compose.yaml (against the published schema of compose files, too), and the"
    echo "configuration and rules of Prometheus with their tests."
    exit 0
    ;;
  *) fail "no arguments are known (see --help)" ;;
esac
lint=$root/docker/lint
command -v npm >/dev/null && command -v node >/dev/null || fail "node and npm are needed (on Debian: apt-get install nodejs npm)"
command -v promtool >/dev/null || fail "promtool is needed (on Debian: apt-get install prometheus)"
# Others may lint beside us.
mkdir -p "$root/.helpline"
exec 8>"$root/.helpline/lint.lock"
flock 8
lock=$(sha256sum <"$lint/package-lock.json" | cut -d' ' -f1)
if [ "$(cat "$lint/node_modules/.made-of" 2>/dev/null)" != "$lock" ]; then
  say "fetching the linters"
  log=$root/.helpline/lint.log
  # No package's own scripts: nothing of these needs any.
  (cd "$lint" && npm ci --ignore-scripts --no-audit --no-fund) >"$log" 2>&1 </dev/null ||
    fail "npm ci failed in docker/lint: $(grep -m 1 -iE 'err(or)?[ !]' "$log" | cut -c1-200) (all of it is in .helpline/lint.log)"
  echo "$lock" >"$lint/node_modules/.made-of"
fi
exec 8>&-
cd "$root"
node "$lint/node_modules/dockerfilelint/bin/dockerfilelint" -c docker/lint docker/Dockerfile docker/asterisk/Dockerfile ||
  fail "the Dockerfiles have faults"
node "$lint/node_modules/dclint/bin/dclint.cjs" --config docker/lint/dclint.yaml --max-warnings 0 docker/compose.yaml ||
  fail "docker/compose.yaml has faults"
promtool check config --syntax-only docker/prometheus/prometheus.yml
promtool check rules docker/prometheus/rules/*.yml
(cd docker/prometheus/tests && promtool test rules ./*_test.yml)
