#!/usr/bin/env bash
# Starts Asterisk in a container and stays with it: scripts/asterisk/start.sh does the work, as on any machine.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
# shellcheck disable=SC2034 # for terminal.sh
helpline_name=asterisk
. "$root/scripts/terminal.sh"

usage() {
  cat <<'USAGE'
Usage: docker/asterisk/entrypoint.sh
Environment:
  HELPLINE_ASTERISK_PASSWORD_FILE      file with ARI's password, the one that Helpline gets; needed
  HELPLINE_ASTERISK_AMI_PASSWORD_FILE  the same for the manager interface; needed
  HELPLINE_SIP_ADDRESS                 IPv4 address to serve SIP and media on [the container's own]
  HELPLINE_EXTERNAL_ADDRESS            address that phones and carriers reach, when it is another one (NAT, published ports)
  HELPLINE_LOCAL_NETWORK               network behind that NAT, as in 172.28.0.0/16; needed with the one above
  HELPLINE_SIP_PORT                    [5060]
  HELPLINE_RTP_PORTS                   [10000-10199]
  HELPLINE_ASTERISK_HTTP_PORT          ARI, on loopback [8088]
  HELPLINE_ASTERISK_AMI_PORT           manager interface, on loopback [5038]
  HELPLINE_ASTERISK_DIR                state, logs, socket [/var/lib/asterisk]
  HELPLINE_ASTERISK_SITE               the site's own *.conf: carriers, trunks, transports with TLS [none]
  HELPLINE_ASTERISK_PROMPTS            what Helpline speaks [none]
USAGE
}

[ $# -eq 0 ] || { usage; exit 2; }
dir=${HELPLINE_ASTERISK_DIR:-/var/lib/asterisk}
address=${HELPLINE_SIP_ADDRESS:-$(hostname -i | awk '{ print $1 }')}

secret() { # VARIABLE
  local file=${!1:-} value
  [ -n "$file" ] || fail "$1 is not set; it must name a file with the password"
  [ -r "$file" ] || fail "$1: $file cannot be read"
  value=$(tr -d '\r\n' <"$file")
  # It goes into configuration files and into a shell file.
  [[ "$value" =~ ^[A-Za-z0-9._~-]{16,128}$ ]] || fail "$1: the password must be 16 to 128 of A-Z, a-z, 0-9, '.', '_', '~' and '-'"
  echo "$value"
}
ari=$(secret HELPLINE_ASTERISK_PASSWORD_FILE)
ami=$(secret HELPLINE_ASTERISK_AMI_PASSWORD_FILE)

umask 077
site=$dir/site
rm -rf "$site"
mkdir -p "$site"
# start.sh keeps what stands here.
printf 'HELPLINE_ASTERISK_PASSWORD=%s\nHELPLINE_ASTERISK_AMI_PASSWORD=%s\n' "$ari" "$ami" >"$dir/asterisk.env"
[ -z "${HELPLINE_ASTERISK_SITE:-}" ] || cp "$HELPLINE_ASTERISK_SITE"/*.conf "$site/" 2>/dev/null || say "no *.conf in $HELPLINE_ASTERISK_SITE"
if [ -n "${HELPLINE_EXTERNAL_ADDRESS:-}" ]; then
  [ -n "${HELPLINE_LOCAL_NETWORK:-}" ] || fail "HELPLINE_EXTERNAL_ADDRESS needs HELPLINE_LOCAL_NETWORK, the network that is not behind it"
  for transport in transport-udp transport-tcp; do
    printf '\n[%s](+)\nexternal_signaling_address=%s\nexternal_media_address=%s\nlocal_net=%s\n' \
      "$transport" "$HELPLINE_EXTERNAL_ADDRESS" "$HELPLINE_EXTERNAL_ADDRESS" "$HELPLINE_LOCAL_NETWORK"
  done >>"$site/pjsip_site.conf"
  # Browsers choose among the addresses they are offered (ICE): both sides of the NAT have theirs.
  printf '\n[ice_host_candidates]\n%s => %s,include_local_address\n' "$address" "$HELPLINE_EXTERNAL_ADDRESS" >>"$site/rtp_site.conf"
fi

arguments=(--dir "$dir" --address "$address" --production --site "$site" --sip "${HELPLINE_SIP_PORT:-5060}"
  --http "${HELPLINE_ASTERISK_HTTP_PORT:-8088}" --ami "${HELPLINE_ASTERISK_AMI_PORT:-5038}" --rtp "${HELPLINE_RTP_PORTS:-10000-10199}")
[ -z "${HELPLINE_ASTERISK_PROMPTS:-}" ] || arguments+=(--prompts "$HELPLINE_ASTERISK_PROMPTS")
trap '"$root/scripts/asterisk/stop.sh" "$dir"; exit 0' INT TERM
"$root/scripts/asterisk/start.sh" "${arguments[@]}"
tail --pid="$(cat "$dir/asterisk.pid")" -n +1 -F "$dir/log/messages" 2>/dev/null &
wait $! || true
fail "Asterisk has ended; its log is in $dir/log"
