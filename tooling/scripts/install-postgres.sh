#!/usr/bin/env bash
# Installs PostgreSQL and pgvector for the tests that need a real server, and prints the folder of its programs. Needs a
# Debian or a system like it, and root or sudo for what is not there yet. Starts no server: tests start their own.
set -euo pipefail

version=15
bin=/usr/lib/postgresql/$version/bin
vector=/usr/share/postgresql/$version/extension/vector.control
# The Debian release that has the source of pgvector 0.8, for releases that have no package of it.
source_suite=trixie

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
install_packages() {
  DEBIAN_FRONTEND=noninteractive as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

install_server() {
  as_root apt-get update -qq
  # Without the cluster that the package would make and start.
  as_root mkdir -p /etc/postgresql-common
  grep -qs '^create_main_cluster' /etc/postgresql-common/createcluster.conf ||
    echo 'create_main_cluster = false' | as_root tee -a /etc/postgresql-common/createcluster.conf >/dev/null
  install_packages "postgresql-$version"
}

# From the source package of a later Debian, by a list of sources of its own.
build_pgvector() {
  local work mirror
  work=$(mktemp -d)
  as_root apt-get update -qq
  install_packages "postgresql-server-dev-$version" gcc make libc6-dev dpkg-dev
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Component: main' | grep '/debian/$' | head -1)
  mkdir -p "$work/lists/partial"
  echo "deb-src ${mirror:-http://deb.debian.org/debian/} $source_suite main" >"$work/sources.list"
  (
    cd "$work"
    options=(-qq -o "Dir::Etc::SourceList=$work/sources.list" -o Dir::Etc::SourceParts=/dev/null
      -o "Dir::State::Lists=$work/lists" -o APT::Sandbox::User=root)
    apt-get "${options[@]}" update
    apt-get "${options[@]}" source pgvector >/dev/null
    cd pgvector-*/
    # No -march=native: what is built here may run elsewhere.
    make -s OPTFLAGS= PG_CONFIG="$bin/pg_config" >/dev/null
    as_root make -s install PG_CONFIG="$bin/pg_config" >/dev/null
  )
  rm -rf "$work"
}

[ -x "$bin/initdb" ] || install_server >&2
if [ ! -e "$vector" ]; then
  # apt-get's simulation tells a package that is there from one that is only mentioned.
  if apt-get install -s "postgresql-$version-pgvector" >/dev/null 2>&1; then
    install_packages "postgresql-$version-pgvector" >&2
  else
    build_pgvector >&2
  fi
fi
echo "$bin"
