# shellcheck shell=bash
# Sourced: finds a JDK 25 or newer and exports JAVA_HOME, or says in one line how to get one.
jdk_release() { sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null; }
find_jdk() {
  local candidate release
  for candidate in "${HELPLINE_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/*jdk* "$HOME"/.sdkman/candidates/java/*; do
    [ -n "$candidate" ] && [ -x "$candidate/bin/javac" ] || continue
    release=$(jdk_release "$candidate")
    [ "${release:-0}" -ge 25 ] && { echo "$candidate"; return 0; }
  done
  return 1
}
if ! JAVA_HOME=$(find_jdk); then
  echo "helpline: no JDK 25 found; install one (for example Eclipse Temurin 25) under /usr/lib/jvm, or set HELPLINE_JAVA_HOME to its folder" >&2
  exit 1
fi
export JAVA_HOME
