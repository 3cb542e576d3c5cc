#!/bin/sh
# Installs Chromium from Debian's packages, for the browser tests. Needs root.
set -eu
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -q -y --no-install-recommends chromium fonts-dejavu-core
