#!/usr/bin/env bash
# Makes the secrets that docker/compose.yaml asks for, each at random and only where there is none yet.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck disable=SC2034 # for terminal.sh
helpline_name=secrets
. "$root/scripts/terminal.sh"

case "${1:-}" in
  --help | -h)
    echo "Usage: scripts/container/secrets.sh [DIR]"
    echo "Makes what is missing in DIR (default: docker/secrets); what is there stays. Name the folder in HELPLINE_SECRETS."
    exit 0
    ;;
  -*) fail "unknown option $1 (see --help)" ;;
esac
[ $# -le 1 ] || fail "one argument at most (see --help)"
dir=$(realpath -m "${1:-$root/docker/secrets}")
umask 077
mkdir -p "$dir" 2>/dev/null && [ -w "$dir" ] || fail "cannot write $dir"
# Containers run as users of their own, in the group of the files' readers only if the host says so: the folder protects.
made=0
keep() { # NAME VALUE
  [ ! -s "$dir/$1" ] || return 0
  printf '%s\n' "$2" >"$dir/$1.new"
  chmod 0444 "$dir/$1.new"
  mv "$dir/$1.new" "$dir/$1"
  made=$((made + 1))
}
random() { head -c 36 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n'; }
for name in asterisk_password asterisk_ami_password postgres_password redis_password jwt_key metrics_token grafana_password turn_secret; do
  keep "$name" "$(random)"
done
keep database_url "postgresql://helpline:$(cat "$dir/postgres_password")@postgres:5432/helpline"
say "$made made in $dir; set HELPLINE_SECRETS=$dir"
