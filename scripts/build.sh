# shellcheck shell=bash
# shellcheck disable=SC2154 # root is set by whoever sources this
# Sourced, after terminal.sh: builds what a command needs, when it is older than its sources. The check reads file
# times only, so that a start with nothing to build costs a few milliseconds and no Maven.

# build_stale MODULE: is the packaged module older than any source it may be made of?
build_stale() {
  local stamp=$root/$1/target/.packaged sources
  [ -f "$stamp" ] && compgen -G "$root/$1/target/$1-*.jar" >/dev/null && [ -d "$root/$1/target/lib" ] || return 0
  # Folders count too: a deleted file leaves no other trace.
  mapfile -t sources < <(printf '%s\n' "$root"/pom.xml "$root"/*/pom.xml "$root"/*/src/main "$root"/.mvn \
    "$root"/agent-gateway/pages/{package-lock.json,vendor.mjs})
  [ -n "$(find "${sources[@]}" -newer "$stamp" -print -quit 2>/dev/null)" ]
}

# build MODULE: packages it and what it depends on, without tests and without the formatter's check.
build() {
  local module=$1 started log=$root/.helpline/build.log lock
  build_stale "$module" || return 0
  mkdir -p "$root/.helpline"
  exec {lock}>"$root/.helpline/build.lock"
  flock -n "$lock" || { say "waiting for another build"; flock "$lock"; }
  # The one we waited for may have built it.
  if build_stale "$module"; then
    started=$(now_tenths)
    say "building (.helpline/build.log)"
    mkdir -p "$root/$module/target"
    rm -rf "$root/$module/target/lib" "$root/$module/target/.packaged"
    # As old as the start of the build: what is edited meanwhile is built the next time.
    : >"$root/$module/target/.packaging"
    if ! "$root/mvnw" -B -f "$root/pom.xml" -Dmaven.test.skip=true -Dspotless.check.skip=true -pl "$module" -am package \
      >"$log" 2>&1 </dev/null {lock}>&-; then
      grep -E '^\[(ERROR|WARNING)\] .*\.(java|xml):|^\[ERROR\] [^-]' "$log" |
        grep -vE 'Re-run|To see the|For more|\[Help|After corr|  mvn' | head -12 >&2 || tail -5 "$log" >&2
      fail "the build failed; all of it is in .helpline/build.log"
    fi
    mv "$root/$module/target/.packaging" "$root/$module/target/.packaged"
    say "built in $(seconds_since "$started") s"
  fi
  exec {lock}>&-
}

# java_command MODULE MAIN-CLASS [JVM OPTION...]: sets the array java_line.
java_command() {
  local module=$1 main=$2 jar
  shift 2
  for jar in "$root/$module/target/$module"-*.jar; do [[ "$jar" == *-sources.jar || "$jar" == *-javadoc.jar ]] || break; done
  # shellcheck disable=SC2034 # for whoever sources this
  java_line=(
    "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
    -XX:+ExitOnOutOfMemoryError "$@" -cp "$jar:$root/$module/target/lib/*" "$main"
  )
}
