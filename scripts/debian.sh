# shellcheck shell=bash
# Sourced: Debian packages unpacked into a private folder, for programs the host does not have. Needs neither root nor
# a change to the host: apt resolves and verifies with a state folder of its own, `dpkg-deb -x` unpacks, and the
# program is started with the dynamic loader and the libraries of that same folder.

# Packages that only a login system or the package manager needs. Nothing of them is ever run from a private folder,
# and leaving them out halves the download.
readonly debian_not_needed='adduser|apt|apt-utils|base-files|base-passwd|bash|ca-certificates|coreutils|dahdi.*|dash|
debconf|debconf-.*|debianutils|diffutils|dirmngr|dpkg|dpkg-dev|findutils|fontconfig|fontconfig-config|fonts-.*|
freetds-common|gnupg|gnupg-.*|gpg|gpg-.*|gpgconf|gpgsm|gpgv|grep|gzip|hostname|init|init-system-helpers|iso-codes|
keyboxd|libapt-.*|libc-gconv-modules-extra|libldap-common|libpam-.*|libpam0g|libperl.*|libpython3.*|libsnmp-base|login|
login.defs|media-types|mime-support|mount|ncurses-base|ncurses-bin|openssl|openssl-provider-legacy|opensysusers|passwd|
perl|perl-.*|pinentry-.*|procps|publicsuffix|python3.*|sed|sensible-utils|sysvinit-utils|systemd|systemd-.*|
sysuser-helper|tar|tzdata|tzdata-legacy|ucf|udev|util-linux|util-linux-.*|xfonts-.*'

# The mirror of the host's own Debian sources (or HELPLINE_DEBIAN_MIRROR).
debian_mirror() {
  if [ -n "${HELPLINE_DEBIAN_MIRROR:-}" ]; then echo "${HELPLINE_DEBIAN_MIRROR%/}"; return; fi
  # apt itself reads both styles of source lists. Security and third-party archives have no unstable suite: what has
  # the host's own release in component main is the right one.
  local codename
  codename=$(debian_codename)
  # shellcheck disable=SC2016 # apt's placeholders, not the shell's
  apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    awk -v wanted="$codename" '$1 == wanted && $2 == "main" { sub("/$", "", $3); print $3; exit }'
}

debian_codename() { sed -n 's/^VERSION_CODENAME=//p' /etc/os-release 2>/dev/null; }

debian_require() {
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null ||
    fail "$1 is unpacked from Debian packages, and this machine has no apt; $2"
  [ -f /usr/share/keyrings/debian-archive-keyring.gpg ] ||
    fail "Debian's signing keys are not on this machine (apt-get install debian-archive-keyring), so $1 cannot be fetched; $2"
}

# The folder in which Debian keeps this machine's libraries.
debian_triplet() {
  case "$(dpkg --print-architecture)" in
    amd64) echo x86_64-linux-gnu ;;
    arm64) echo aarch64-linux-gnu ;;
    *) fail "no private packages for the architecture $(dpkg --print-architecture); amd64 and arm64 are known" ;;
  esac
}

# A private apt: the host's ways to the network (proxies, certificates), nothing else of the host.
debian_private_apt() { # STATE-FOLDER MIRROR SUITE
  local state=$1
  mkdir -p "$state"/{lists/partial,cache,etc/preferences.d,nothing,log}
  : >"$state/status"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $2 $3 main" >"$state/etc/sources.list"
  {
    apt-config dump | grep -E '^Acquire::(https?|Retries|ForceIPv[46])(::|  *")' || true
    cat <<APT
Dir::Etc "$state/etc"; Dir::Etc::parts "$state/nothing"; Dir::Etc::main "$state/none";
Dir::Etc::sourcelist "$state/etc/sources.list"; Dir::Etc::sourceparts "$state/nothing";
Dir::State "$state"; Dir::State::lists "$state/lists"; Dir::State::status "$state/status";
Dir::Cache "$state/cache"; Dir::Log "$state/log";
Acquire::Languages "none"; Acquire::ForceHash "SHA256"; Acquire::Retries "3";
// Mirrors and snapshots of unstable may serve an index past its date; its signature is checked all the same.
Acquire::Check-Valid-Until "false";
APT::Sandbox::User ""; APT::Install-Recommends "false"; Debug::NoLocking "true";
APT
  } >"$state/apt.conf"
}

# debian_fetch NAME CACHE SUITE PACKAGE...: afterwards CACHE holds MANIFEST ("file sha256 bytes" a line) and each file
# of it, verified. A CACHE that is complete already is used without the network.
debian_fetch() {
  local name=$1 cache=$2 suite=$3 mirror state missing
  shift 3
  mkdir -p "$cache/partial" 2>/dev/null && [ -w "$cache" ] || fail "cannot write the package cache $cache (set HELPLINE_CACHE)"
  exec 8>"$cache/lock"
  flock -n 8 || { say "waiting for another download of $name"; flock 8; }
  if [ -f "$cache/MANIFEST" ] && [ -z "$(debian_missing "$cache" "$cache/MANIFEST")" ]; then exec 8>&-; return; fi
  mirror=$(debian_mirror)
  [ -n "$mirror" ] || fail "no Debian mirror among this machine's apt sources; set HELPLINE_DEBIAN_MIRROR to the address of one"
  say "reading the package index of Debian $suite from $mirror"
  # Whoever was killed here before left its state; the lock says that nobody is at work.
  rm -rf "$cache"/apt.*
  state=$(mktemp -d "$cache/apt.XXXXXX")
  # shellcheck disable=SC2064 # the folder of now, not of then
  trap "rm -rf '$state'" EXIT
  debian_private_apt "$state" "$mirror" "$suite"
  export APT_CONFIG=$state/apt.conf
  apt-get -q -o APT::Update::Error-Mode=any update >"$state/log/update" 2>&1 ||
    fail "no package index of Debian $suite from $mirror: $(debian_apt_reason "$state/log/update") (is the network there? HELPLINE_DEBIAN_MIRROR sets another mirror)"
  # With an empty package database apt resolves the whole closure, the C library included.
  apt-get -q -y --print-uris install "$@" >"$state/log/resolve" 2>&1 ||
    fail "$name cannot be had from Debian $suite at $mirror: $(debian_apt_reason "$state/log/resolve")"
  sed -n "s/^'[^']*' \([^ ]*\) \([0-9]*\) SHA256:\([0-9a-f]*\).*/\1 \3 \2/p" "$state/log/resolve" |
    grep -vE "^(${debian_not_needed//$'\n'/})_" >"$state/MANIFEST" ||
    fail "apt listed no packages for $name"
  debian_check_manifest "$state/MANIFEST" "$mirror"
  missing=$(debian_missing "$cache" "$state/MANIFEST")
  [ -z "$missing" ] || debian_download "$name" "$cache" "$state" "$missing"
  # Last: a MANIFEST promises that everything in it is here.
  mv "$state/MANIFEST" "$cache/MANIFEST"
  unset APT_CONFIG
  rm -rf "$state"
  trap - EXIT
  exec 8>&-
}

# Overridden by callers that accept certain versions only.
debian_check_manifest() { :; }

# apt's own complaint, in one line.
debian_apt_reason() {
  { grep -h '^E: ' "$1" || grep -hE '^(W: |Err:)' "$1" || tail -1 "$1"; } | head -1 | sed 's/^[EW]: //' | tr -s ' ' | cut -c1-200
}

# The packages of a manifest that are not in the cache with the right checksum.
debian_missing() { # CACHE MANIFEST
  local file sum
  # One sha256sum for all files: a process per package would cost seconds at every start.
  (cd "$1" && awk '{ print $2 "  " $1 }' "$2" | sha256sum --quiet -c - 2>/dev/null || true) |
    sed -n 's/: FAILED.*$//p' | while read -r file; do
    # An earlier download that was cut short may have left it complete.
    sum=$(awk -v f="$file" '$1 == f { print $2 }' "$2")
    if [ -f "$1/partial/$file" ] && echo "$sum  $1/partial/$file" | sha256sum --quiet -c - >/dev/null 2>&1; then
      mv "$1/partial/$file" "$1/$file"
    else
      echo "$file"
    fi
  done
}

debian_download() { # NAME CACHE STATE FILES
  local name=$1 cache=$2 state=$3 files=$4 total done_bytes apt file package versions=() waited=0
  total=$(awk -v files="$files" 'BEGIN { n = split(files, f); for (i = 1; i <= n; i++) want[f[i]] = 1 } $1 in want { s += $3 } END { print int(s / 1048576) + 1 }' "$state/MANIFEST")
  rm -f "$cache"/partial/*
  for file in $files; do
    package=${file%%_*} file=${file#*_}
    file=${file%_*}
    versions+=("$package=${file//%3a/:}")
  done
  say "fetching ${#versions[@]} packages of $name, $total MB"
  (cd "$cache/partial" && exec apt-get -q download "${versions[@]}") >"$state/log/download" 2>&1 8>&- &
  apt=$!
  # shellcheck disable=SC2064
  trap "kill $apt 2>/dev/null; rm -rf '$state'" EXIT
  while kill -0 "$apt" 2>/dev/null; do
    sleep 0.2
    waited=$((waited + 1))
    [ $((waited % 25)) -ne 0 ] && continue
    done_bytes=$(du -sm "$cache/partial" | cut -f1)
    say "  $done_bytes of $total MB"
  done
  wait "$apt" || fail "the download of $name was cut: $(debian_apt_reason "$state/log/download") (call again: what is here is kept)"
  [ -z "$(debian_missing "$cache" "$state/MANIFEST")" ] || fail "packages of $name arrived damaged; call again"
}

# debian_unpack CACHE FOLDER
debian_unpack() {
  local file _rest
  while read -r file _rest; do dpkg-deb -x "$1/$file" "$2" 2>/dev/null || return 1; done <"$1/MANIFEST"
  rm -rf "$2"/usr/share/{doc,man,locale,info,lintian,bug} "$2"/var/lib/systemd "$2"/usr/lib/systemd
}

# The dynamic loader of FOLDER. A program of FOLDER is started as
#   LOADER --inhibit-cache --library-path "$(debian_libraries FOLDER)" PROGRAM
# so that not one library of the host is mixed in.
debian_loader() { # FOLDER
  local folder=$1 triplet loader
  triplet=$(debian_triplet)
  for loader in "$folder/usr/lib/$triplet"/ld-linux*.so.* "$folder/lib/$triplet"/ld-linux*.so.* "$folder"/lib64/ld-linux*.so.*; do
    [ -f "$loader" ] && { echo "$loader"; return; }
  done
  echo "no dynamic loader among the packages" >&2
  return 1
}

debian_libraries() {
  local folder=$1 triplet
  triplet=$(debian_triplet)
  echo "$folder/usr/lib/$triplet:$folder/lib/$triplet:$folder/usr/lib:$folder/lib:$folder/usr/lib/$triplet/asterisk:$folder/usr/lib/$triplet/pulseaudio"
}

# debian_install NAME CACHE-NAME TARGET SUITE PACKAGE...: fetches and unpacks, so that TARGET either is the finished
# folder or is not there. `debian_prove FOLDER` must print the version of what was unpacked.
debian_install() {
  local name=$1 cache target=$3 suite=$4 fresh version
  cache=${HELPLINE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/helpline}/$2-$suite-$(dpkg --print-architecture)
  shift 4
  mkdir -p "$(dirname "$target")" 2>/dev/null && [ -w "$(dirname "$target")" ] || fail "cannot write $(dirname "$target")"
  exec 7>"$target.lock"
  flock -n 7 || { say "waiting for another installation of $name"; flock 7; }
  [ ! -f "$target/.installed" ] || return 0
  debian_fetch "$name" "$cache" "$suite" "$@"
  say "unpacking $name"
  # Whoever was killed here before has left its half behind; we hold the lock, so nobody is at work on it.
  rm -rf "$target".unpack.*
  fresh=$(mktemp -d "$target.unpack.XXXXXX")
  # shellcheck disable=SC2064
  trap "rm -rf '$fresh'" EXIT
  chmod 755 "$fresh"
  debian_unpack "$cache" "$fresh" || fail "a package of $name could not be unpacked (is the disk full? $(df -h --output=avail "$target".. 2>/dev/null | tail -1) free)"
  version=$(debian_prove "$fresh") || fail "$name was unpacked but does not start: $(debian_prove "$fresh" 2>&1 | tail -1)"
  echo "$version" >"$fresh/.installed"
  rm -rf "$target"
  mv -T "$fresh" "$target"
  trap - EXIT
}
