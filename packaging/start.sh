#!/bin/sh
# Open the window; on Linux without a display, print the next agenda of a fresh sample instead.
set -eu
cd "$(dirname "$0")/.."

if [ "$(uname -s)" != Linux ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec .venv/bin/commission-app
fi

sample=build/sample/alder-glen.commission
rm -rf build/sample/new
mkdir -p build/sample/new
.venv/bin/python -m commission_app sample build/sample/new/alder-glen.commission >/dev/null
mv -f build/sample/new/alder-glen.commission "$sample"
rm -rf build/sample/new
echo "No display: this is the next agenda of the sample commission, $PWD/$sample"
exec .venv/bin/python -m commission_app agenda "$sample" --meeting next -o build/sample/agenda.pdf
