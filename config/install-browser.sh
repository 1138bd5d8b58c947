#!/usr/bin/env bash
# Installs what the test of the report's page needs, Chromium and its driver, on Debian and Ubuntu.
# Does nothing when both are there. Run by the build where the environment has CI=true, or by hand:
#   sudo config/install-browser.sh
set -euo pipefail

missing=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing+=(chromium)
command -v chromedriver >/dev/null || missing+=(chromium-driver)
[ "${#missing[@]}" -gt 0 ] || exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "install-browser: ${missing[*]} missing; install them (Debian: as root, apt-get install ${missing[*]})" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
