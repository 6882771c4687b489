#!/usr/bin/env bash
# Checks our JavaScript: types with TypeScript, slips with ESLint, in the versions of the lock file.
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v npm >/dev/null; then
  echo "npm is missing: the JavaScript is not checked." >&2
  [ -z "${CI:-}" ] || exit 1
  exit 0
fi
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --silent
npm run --silent types
npm run --silent lint
