#!/usr/bin/env bash
# Installs what is missing and starts the service with its examples, on Debian (as root or with
# sudo) and on macOS. DIALOG_DEMO=0 starts with an empty map; what follows goes to Streamlit, such
# as --server.port 8600. Does nothing twice: the next time it only starts.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

find_python() { command -v python3.11 || command -v python3 || true; }

# with apt-get, where there is one and we may use it
install_missing() {
  local root=""
  command -v apt-get >/dev/null || return 0
  if [ "$(id -u)" != 0 ]; then
    root=$(command -v sudo) || { say "Missing: $*. Ask somebody who may run: apt-get install $*"; exit 1; }
  fi
  say "Installing $* …"
  $root apt-get update -qq || true
  DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq "$@" >/dev/null
}

make_venv() {
  local python
  python=$(find_python)
  if [ -z "$python" ] || ! "$python" -c "import ensurepip" 2>/dev/null; then
    install_missing python3 python3-venv
    python=$(find_python)
  fi
  if [ -z "$python" ] || ! "$python" -c "import sys; sys.exit(sys.version_info < (3, 11))"; then
    say "Dialogkartan needs Python 3.11 or later."
    exit 1
  fi
  "$python" -m venv .venv
}

.venv/bin/python -m pip --version >/dev/null 2>&1 || make_venv
# the lock that was installed last is kept beside what it installed
if ! cmp -s requirements.lock .venv/installed.lock; then
  say "Installing the Python packages …"
  .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
  cp requirements.lock .venv/installed.lock
fi

export DIALOG_DEMO="${DIALOG_DEMO-1}"
exec .venv/bin/python -m streamlit run app.py "$@"
