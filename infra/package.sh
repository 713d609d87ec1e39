#!/usr/bin/env bash
# Assembles the broker as an Azure Functions app: OUT/functionapp, and OUT/functionapp.zip to deploy (default OUT .artifacts/package).
#   infra/package.sh [OUT]
# SSHFN_BROKER_BIN names a published broker to take instead of publishing this one. The same inputs give the same zip.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

out="${1:-.artifacts/package}"
app="$out/functionapp"
name=sshfn-broker

say() { printf 'package: %s\n' "$*" >&2; }

# The host and its tools give the executable bit to this one name only, so it must be the file's, to the letter.
require_executable_name() {
  local configured
  configured="$(python3 -c 'import json; print(json.load(open("host.json"))["customHandler"]["description"]["defaultExecutablePath"])')"
  [[ "$configured" == "$name" ]] || { say "host.json starts \"$configured\", but the program is \"$name\": make them the same"; exit 1; }
}

broker() {
  if [[ -n "${SSHFN_BROKER_BIN:-}" ]]; then
    echo "$SSHFN_BROKER_BIN"
  else
    bash infra/publish.sh >&2
    echo ".artifacts/publish/broker/$name"
  fi
}

# Sorted, without times, owners or anything else of this machine; mode bits, which the host relies on, kept.
zip_app() {
  python3 - "$app" "$1" <<'PYTHON'
import os, sys, zipfile
root, target = sys.argv[1:]
files = sorted(os.path.relpath(os.path.join(folder, name), root) for folder, _, names in os.walk(root) for name in names)
with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    for file in files:
        entry = zipfile.ZipInfo(file, (1980, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.create_system = 3
        entry.external_attr = (0o100755 if os.access(os.path.join(root, file), os.X_OK) else 0o100644) << 16
        with open(os.path.join(root, file), "rb") as content:
            archive.writestr(entry, content.read())
PYTHON
}

command -v python3 >/dev/null || { say "python3 is missing: bash infra/install.sh"; exit 1; }
require_executable_name
program="$(broker)"
[[ -x "$program" ]] || { say "$program is no program: bash infra/publish.sh makes it"; exit 1; }

rm -rf "$app" "$app.zip"
mkdir -p "$app"
install -m 0644 host.json "$app/host.json"
install -m 0755 "$program" "$app/$name"
"$program" manifest "$app" >/dev/null
find "$app" -name function.json -exec chmod 0644 {} +
zip_app "$app.zip"
say "$app.zip: $(du -h "$app.zip" | cut -f1) with $(find "$app" -name function.json | wc -l) functions; unpacked $(du -sh "$app" | cut -f1)"
