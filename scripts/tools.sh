# shellcheck shell=bash
# Sourced after debian.sh: the machine's own programs, from Debian where they are missing.

# install_tools LOG PROGRAM[:PACKAGE]... Debian's package is named where it differs from the program.
install_tools() {
  local log=$1 tool package missing=()
  shift
  for tool; do
    package=${tool#*:} tool=${tool%:*}
    command -v "$tool" >/dev/null || [ -x "/usr/sbin/$tool" ] || compgen -G "/usr/lib/postgresql/*/bin/$tool" >/dev/null || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || fail "not on this machine: ${missing[*]} (names of Debian packages); install them in its own way"
  [ "$(id -u)" -eq 0 ] || fail "tools are missing; as root: apt-get install --no-install-recommends ${missing[*]}"
  say "installing ${missing[*]}"
  mkdir -p "$(dirname "$log")"
  # Prometheus and Redis come with a service. Whoever needs them here starts their own; the machine's stays off, now
  # and at the next boot.
  local policy=/usr/sbin/policy-rc.d
  [ ! -e "$policy" ] && printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy" || policy=''
  # PostgreSQL would make a cluster of the machine's. The tests make their own, and only its programs are wanted.
  if [[ " ${missing[*]} " == *" postgresql "* && ! -e /etc/postgresql-common/createcluster.conf ]]; then
    mkdir -p /etc/postgresql-common
    echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  fi
  {
    DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "${missing[@]}" ||
      { apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "${missing[@]}"; }
  } >"$log" 2>&1 </dev/null || { rm -f ${policy:+"$policy"}; fail "could not install ${missing[*]}: $(debian_apt_reason "$log")"; }
  rm -f ${policy:+"$policy"}
  for tool in prometheus redis-server; do
    [[ " ${missing[*]} " != *" $tool "* ]] || update-rc.d "$tool" disable >>"$log" 2>&1 || true
  done
}
