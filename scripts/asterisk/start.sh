#!/usr/bin/env bash
# Starts one Asterisk for development or tests, with the configuration of docker/asterisk and everything else of it
# (state, logs, socket, credentials) under one folder. Any number of them run side by side.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
helpline_name=asterisk
. "$root/scripts/terminal.sh"
. "$root/scripts/debian.sh"
. "$root/scripts/ports.sh"
. "$here/instance.sh"

usage() {
  cat <<USAGE
Usage: scripts/asterisk/start.sh --dir DIR --sip PORT --http PORT --rtp FIRST-LAST [option...]
Starts an Asterisk (on loopback, unless told otherwise) and returns when it serves. Stop it with scripts/asterisk/stop.sh DIR.
  --dir DIR         all of this instance; afterwards DIR/asterisk.env has its address and credentials,
                    DIR/asterisk.pid its process, and DIR/cli 'core show channels' talks to it
  --sip PORT        SIP over UDP and TCP
  --http PORT       ARI
  --rtp FIRST-LAST  ports for media
  --ami PORT        the manager interface, through which Helpline watches; without it there is none
  --address IPV4    where SIP and media are served (default: 127.0.0.1); what commands Asterisk is on loopback always
  --production      without the files *_development.conf, which trust loopback addresses and have an account for anybody
  --prompts DIR     folder that the dialplan and ARI know as 'helpline' sounds
  --site DIR        further configuration files (*.conf, for example extensions_site.conf) laid over the shipped ones
  --asterisk DIR    the unpacked Asterisk (default: .helpline/asterisk; scripts/asterisk/install.sh makes it)
  --quiet           say nothing unless it fails
USAGE
}

address=127.0.0.1 production=no dir='' sip='' http='' rtp='' ami='' prompts='' site='' installation=$root/.helpline/asterisk
while [ $# -gt 0 ]; do
  case "$1" in
    --help | -h) usage; exit 0 ;;
    --quiet) helpline_quiet=yes; shift; continue ;;
    --production) production=yes; shift; continue ;;
  esac
  [ $# -ge 2 ] || fail "$1 needs a value (see --help)"
  case "$1" in
    --dir) dir=$2 ;;
    --sip) sip=$2 ;;
    --http) http=$2 ;;
    --ami) ami=$2 ;;
    --rtp) rtp=$2 ;;
    --address) address=$2 ;;
    --prompts) prompts=$(realpath -m "$2") ;;
    --site) site=$2 ;;
    --asterisk) installation=$(realpath -m "$2") ;;
    *) fail "unknown option $1 (see --help)" ;;
  esac
  shift 2
done
[ -n "$dir" ] && [ -n "$sip" ] && [ -n "$http" ] && [ -n "$rtp" ] || fail "--dir, --sip, --http and --rtp are needed (see --help)"
dir=$(realpath -m "$dir")
rtp_first=${rtp%-*} rtp_last=${rtp#*-}
port_is_number "$rtp_first" && port_is_number "$rtp_last" && [ "$rtp_first" -lt "$rtp_last" ] || fail "--rtp: $rtp is not FIRST-LAST"
[[ "$address" =~ ^([0-9]{1,3}\.){3}[0-9]{1,3}$ ]] || fail "--address: $address is not an IPv4 address"
[ -z "$site" ] || [ -d "$site" ] || fail "--site: no folder $site"
[ -f "$installation/.installed" ] || fail "no Asterisk in $installation; run scripts/asterisk/install.sh"
# The kernel's limit for the address of a local socket; Asterisk would only say that it cannot bind.
[ ${#dir} -le 85 ] || fail "$dir is too long a path for Asterisk's control socket (85 characters at most)"
! pid=$(instance_pid "$dir") || fail "already running in $dir (pid $pid); stop it with scripts/asterisk/stop.sh $dir"
require_port_free udp "$sip" SIP --sip "$address"
require_port_free tcp "$sip" SIP --sip "$address"
require_port_free tcp "$http" "Asterisk's HTTP" --http
[ -z "$ami" ] || require_port_free tcp "$ami" "Asterisk's manager interface" --ami

started=$(now_tenths)
# Configuration and credentials are for the owner only.
umask 077
mkdir -p "$dir" 2>/dev/null && [ -w "$dir" ] || fail "cannot write $dir"
mkdir -p "$dir"/{etc,lib/keys,spool/{monitor,recording,outgoing,tmp},run,log,data/sounds}

random_password() { head -c 24 /dev/urandom | base64 | tr -d '+/=\n'; }

# Made once for an instance: a softphone set up yesterday works today.
HELPLINE_ASTERISK_PASSWORD='' HELPLINE_ASTERISK_AMI_PASSWORD='' HELPLINE_ASTERISK_CALLER_PASSWORD=''
[ ! -f "$dir/asterisk.env" ] || . "$dir/asterisk.env"
HELPLINE_ASTERISK_USER=helpline HELPLINE_ASTERISK_AMI_USER=helpline-watch
: "${HELPLINE_ASTERISK_PASSWORD:=$(random_password)}" "${HELPLINE_ASTERISK_AMI_PASSWORD:=$(random_password)}" "${HELPLINE_ASTERISK_CALLER_PASSWORD:=$(random_password)}"

# Sounds and music stay where they were unpacked. Debian makes the links from language to voice when the packages are
# installed; here nothing was installed.
share=$installation/usr/share/asterisk
for entry in "$share"/*; do [ "${entry##*/}" = sounds ] || ln -sfn "$entry" "$dir/data/${entry##*/}"; done
for entry in "$share"/sounds/*; do ln -sfn "$entry" "$dir/data/sounds/${entry##*/}"; done
for voice in en:en_US_f_Allison es:es_MX_f_Allison fr:fr_CA_f_June ru:ru_RU_f_IvrvoiceRU; do
  ln -sfn "$share/sounds/${voice#*:}" "$dir/data/sounds/${voice%%:*}"
done
if [ -n "$prompts" ]; then ln -sfn "$prompts" "$dir/data/sounds/helpline"; else rm -f "$dir/data/sounds/helpline"; fi

fill() { # FILE
  local script='' name
  local -A words=(
    [DIR]=$dir [MODULES]=$installation/usr/lib/$(debian_triplet)/asterisk/modules [NAME]=helpline-$sip
    [ADDRESS]=$address [SIP_PORT]=$sip [HTTP_PORT]=$http [RTP_FIRST]=$rtp_first [RTP_LAST]=$rtp_last
    [ARI_USER]=$HELPLINE_ASTERISK_USER [ARI_PASSWORD]=$HELPLINE_ASTERISK_PASSWORD
    [AMI_ENABLED]=$([ -n "$ami" ] && echo yes || echo no) [AMI_PORT]=${ami:-5038}
    [AMI_USER]=$HELPLINE_ASTERISK_AMI_USER [AMI_PASSWORD]=$HELPLINE_ASTERISK_AMI_PASSWORD
    [CALLER_PASSWORD]=$HELPLINE_ASTERISK_CALLER_PASSWORD
  )
  for name in "${!words[@]}"; do script+="s#@$name@#$(sed 's/[#&\\]/\\&/g' <<<"${words[$name]}")#g;"; done
  sed "$script" "$1" >"$dir/etc/${1##*/}"
}
rm -f "$dir"/etc/*.conf
# Asterisk calls it an error when these are missing and then takes its defaults, which are what we want; an empty file
# keeps its log free for true errors.
for name in acl aeap ccss cel chan_websocket cli codecs dsp extconfig features pjproject queuerules queues udptl websocket_client; do
  echo "; defaults" >"$dir/etc/$name.conf"
done
for file in "$root"/docker/asterisk/*.conf ${site:+"$site"/*.conf}; do fill "$file"; done
[ "$production" = no ] || rm -f "$dir"/etc/*_development.conf

loader=$(debian_loader "$installation") || fail "the Asterisk in $installation is not complete; delete the folder and run scripts/asterisk/install.sh"
asterisk=("$loader" --inhibit-cache --library-path "$(debian_libraries "$installation")" "$installation/usr/sbin/asterisk" -C "$dir/etc/asterisk.conf")
{
  echo '#!/bin/sh'
  echo "# One command of this Asterisk's console, as in: $dir/cli 'core show channels'"
  printf 'exec env -u LD_LIBRARY_PATH'
  printf " '%s'" "${asterisk[@]}"
  # shellcheck disable=SC2016 # for the script that is written
  echo ' -rx "$*"'
} >"$dir/cli"
chmod 700 "$dir/cli"

# Two descriptors a call leg and some for each bridge: the usual soft limit of 1024 is soon met.
hard=$(ulimit -Hn)
[ "$hard" != unlimited ] && [ "$hard" -le 65536 ] || hard=65536
ulimit -n "$hard"
cd "$dir"
rm -f run/asterisk.ctl
# A session of its own, so that Ctrl-C in a terminal does not reach it: whoever started it stops it in good order.
# OpenSSL's configuration of the host is for another OpenSSL.
env -u LD_LIBRARY_PATH OPENSSL_CONF=/dev/null setsid "${asterisk[@]}" -f >"$dir/log/console" 2>&1 </dev/null &
pid=$!
echo "$pid" >"$dir/asterisk.pid"
# ./test reads here what an interrupted test could not stop.
[ -z "${HELPLINE_TEST_INSTANCES:-}" ] || echo "$dir" >>"$HELPLINE_TEST_INSTANCES"

give_up() {
  kill -9 "$pid" 2>/dev/null || true
  rm -f "$dir/asterisk.pid"
  fail "$1; $(grep -hE 'ERROR' "$dir/log/console" "$dir/log/messages" 2>/dev/null | tail -1 | tr -s ' ' | cut -c1-200 || true) (all of it in $dir/log)"
}
# A second is usual; a machine that is busy with a build may need many.
while [ $(($(now_tenths) - started)) -lt 450 ]; do
  kill -0 "$pid" 2>/dev/null || give_up "Asterisk ended while starting"
  if [ -S run/asterisk.ctl ] && "$dir/cli" core waitfullybooted 2>/dev/null | grep -q 'fully booted'; then
    cat >"$dir/asterisk.env.new" <<ENV
HELPLINE_ASTERISK_URL=http://127.0.0.1:$http
HELPLINE_ASTERISK_USER=$HELPLINE_ASTERISK_USER
HELPLINE_ASTERISK_PASSWORD=$HELPLINE_ASTERISK_PASSWORD
HELPLINE_ASTERISK_AMI_URL=${ami:+tcp://127.0.0.1:$ami}
HELPLINE_ASTERISK_AMI_USER=$HELPLINE_ASTERISK_AMI_USER
HELPLINE_ASTERISK_AMI_PASSWORD=$HELPLINE_ASTERISK_AMI_PASSWORD
HELPLINE_ASTERISK_CALLER_PASSWORD=$HELPLINE_ASTERISK_CALLER_PASSWORD
HELPLINE_ASTERISK_SIP=$address:$sip
ENV
    mv "$dir/asterisk.env.new" "$dir/asterisk.env"
    # Between the check above and now somebody may have taken a port; Asterisk itself goes on without it.
    port_taken udp "$sip" "$address" && port_taken tcp "$sip" "$address" && port_taken tcp "$http" && { [ -z "$ami" ] || port_taken tcp "$ami"; } || give_up "Asterisk could not open its ports"
    [ -n "$(hostname -I 2>/dev/null | tr -d ' ')" ] ||
      say "this machine has loopback addresses only: browsers as phones stay without sound (as root: ip address add 192.0.2.1/32 dev lo)"
    say "started in $(seconds_since "$started") s: SIP $address:$sip, ARI http://127.0.0.1:$http, ${ami:+AMI 127.0.0.1:$ami, }media $rtp, pid $pid"
    exit 0
  fi
  sleep 0.05
done
give_up "Asterisk did not come up within 45 s"
