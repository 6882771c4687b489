#!/usr/bin/env bash
# Installs what the tests need in .venv and runs them all. Works on a bare Debian (as root or with
# sudo) and on macOS. In CI a browser test that is skipped is a failure, and so is a check of the
# JavaScript.
set -euo pipefail
cd "$(dirname "$0")/.."

python=$(command -v python3.11 || command -v python3)
root=""
[ "$(id -u)" = 0 ] || root=$(command -v sudo || true)

missing=()
"$python" -c "import ensurepip" 2>/dev/null || missing+=(python3-venv)
command -v chromium >/dev/null || missing+=(chromium)
PATH="$PATH:/usr/sbin" command -v nginx >/dev/null || missing+=(nginx)
PATH="$PATH:/usr/sbin" command -v haproxy >/dev/null || missing+=(haproxy)
command -v git >/dev/null || missing+=(git)
command -v npm >/dev/null || missing+=(nodejs npm)
command -v faketime >/dev/null || missing+=(faketime)
if [ ${#missing[@]} -gt 0 ] && command -v apt-get >/dev/null; then
  $root apt-get update -qq || true
  DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq "${missing[@]}" fonts-dejavu-core >/dev/null || true
fi

[ -x .venv/bin/python ] || "$python" -m venv .venv
# the service as it is run, then what only the tests need
.venv/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
.venv/bin/pip install -q --disable-pip-version-check -r requirements.txt -r tests/requirements.txt
.venv/bin/pip check

.venv/bin/ruff check .
.venv/bin/ruff format --check .
.venv/bin/mypy geo data pages app.py
bash tests/scripts/check.sh
tests=(.venv/bin/python -m pytest -q -n 2 --dist worksteal)
[ $# -eq 0 ] || exec "${tests[@]}" "$@"
"${tests[@]}"
# nothing may hang on the date of today
.venv/bin/python -m tests.other_day 2028-02-29T12:00
