#!/usr/bin/env bash
# Writes what the broker and sshfn are made of as CycloneDX 1.6, by cdxgen (which judges its own result by the schema) from the lock files of the published projects.
#   infra/sbom.sh [FILE]      default .artifacts/sbom.json of the repository
set -euo pipefail
case "${1:-}" in -h | --help) sed -n '2,/^set /{ /^#/s/^# \{0,1\}//p; }' "$0"; exit 0 ;; -*) printf 'sbom: there is no option %s\n' "$1" >&2; exit 2 ;; esac
out="${1:+$(realpath -m -- "$1")}"
cd "$(dirname "${BASH_SOURCE[0]}")/.."

out="${out:-.artifacts/sbom.json}"
tool=infra/sbom/node_modules/.bin
say() { printf 'sbom: %s\n' "$*" >&2; }

# npm writes its own record of what it installed; older than the lock file means stale.
if [[ ! infra/sbom/node_modules/.package-lock.json -nt infra/sbom/package-lock.json ]]; then
  say "fetching cdxgen"
  npm ci --prefix infra/sbom --ignore-scripts --omit=optional --no-audit --no-fund --loglevel error >&2
fi

work="$(mktemp -d "${TMPDIR:-/tmp}/sshfn-sbom.XXXXXX")"
trap 'rm -rf "$work"' EXIT
# Only what is published: cdxgen would take the tests' packages too.
for lock in functions/*/packages.lock.json hooks/packages.lock.json; do
  mkdir -p "$work/sshfunctions/$(dirname "$lock")"
  cp "$lock" "$(dirname "$lock")"/*.csproj "$work/sshfunctions/$(dirname "$lock")/"
done

mkdir -p "$(dirname "$out")"
(cd "$work" && CDXGEN_DEBUG_MODE='' "$OLDPWD/$tool/cdxgen" --type csharp --no-install-deps --no-babel --spec-version 1.6 \
  --project-name SshFunctions --output bom.json sshfunctions) >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }

python3 - "$work/bom.json" "$out" functions/*/packages.lock.json hooks/packages.lock.json <<'PYTHON'
import json, os, sys
bom, out, *locks = sys.argv[1:]
document = json.load(open(bom))
named = {(component["name"].lower(), component.get("version")) for component in document["components"]}
locked = {(name.lower(), entry["resolved"]) for lock in locks for packages in json.load(open(lock))["dependencies"].values()
          for name, entry in packages.items() if "resolved" in entry}
if missing := locked - named:
    sys.exit("sbom: not in it, though locked: " + ", ".join(" ".join(one) for one in sorted(missing)))
with open(out + ".new", "w") as file:
    json.dump(document, file, indent=1)
os.replace(out + ".new", out)
print(f"sbom: {out}: {len(locked)} packages", file=sys.stderr)
PYTHON
