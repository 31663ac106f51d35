#!/usr/bin/env bash
# Builds the LiveKit server that tests talk to (and that you can talk to), and prints where it is. Needs Go.
# The last versions before and after 1.13.5 cannot be built by `go install`.
set -euo pipefail

version=v1.13.5
dir=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/sotto}
program=$dir/livekit-server

if [ -x "$program" ] && [ "$("$program" --version)" = "livekit-server version ${version#v}" ]; then
  echo "$program"
  exit 0
fi
if ! command -v go >/dev/null; then
  echo "Go is needed to build livekit-server: https://go.dev/dl" >&2
  exit 1
fi
mkdir -p "$dir"
CGO_ENABLED=0 GOBIN=$dir go install "github.com/livekit/livekit-server/cmd/server@$version" >&2
mv "$dir/server" "$program"
echo "$program"
