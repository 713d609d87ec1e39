#!/usr/bin/env bash
# Shows the main job before your eyes, with the real sshd and git, in a folder of its own that is gone afterwards:
# a clone that is refused, the same clone through the hook, its journal entry, revocation, refusal.
#   bash infra/try.sh          then leaves the broker up until Ctrl-C
#   bash infra/try.sh --once   exits
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

case "${1-}" in
  '' | --once) once="${1-}" ;;
  *) printf 'usage: bash infra/try.sh [--once]\n' >&2; exit 2 ;;
esac

root="$PWD"
sshfn="$root/.artifacts/publish/sshfn/sshfn"
work="$(mktemp -d "${TMPDIR:-/tmp}/sshfn-try.XXXXXX")"
chmod 755 "$work"
started=()

# Ends what was started, children of children too: a session of sshd outlives the listener.
end_tree() {
  local child
  for child in $(pgrep -P "$1" || true); do end_tree "$child"; done
  kill "$1" 2>/dev/null || true
}
clean_up() {
  trap '' INT TERM HUP
  local process
  for process in ${started[@]+"${started[@]}"}; do end_tree "$process"; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

step() { printf '\n\033[1m%s\033[0m\n' "$*"; }
run() { printf '  $ %s\n' "$1"; shift; "$@" 2>&1 | sed 's/^/  /'; }
refused() { if run "$@"; then echo '  this should have been refused' >&2; exit 1; fi; echo '  → refused'; }
fail() { printf 'try: %s\n' "$1" >&2; [[ ! -f "${2-}" ]] || tail -n 20 "$2" >&2; exit 1; }

# await FILE TEXT PROCESS WHAT: until the file says the text, while the process lives, for 20 s at most.
await() {
  local tries
  for ((tries = 0; tries < 400; tries++)); do
    ! grep -q "$2" "$1" 2>/dev/null || return 0
    kill -0 "$3" 2>/dev/null || break
    sleep 0.05
  done
  fail "$4 did not start" "$1"
}

free_port() {
  local port
  for ((port = 20000 + RANDOM % 10000; ; port++)); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

as() { local who="$1"; shift; SSHFN_HOME="$work/$who" "$sshfn" "$@"; }
admin() { as admin "$@" >/dev/null; }

step '1. Install what is missing, build, publish (seconds when nothing changed)'
bash infra/install.sh --without-tests
broker="$root/$(bash infra/publish.sh --quick)"

step '2. Start a broker on SQLite'
"$broker" serve --data "$work/data" --listen http://127.0.0.1:0 >"$work/broker.log" 2>"$work/broker.err" </dev/null &
broker_process=$!
started+=("$broker_process")
await "$work/broker.log" '"Listening"' "$broker_process" 'the broker'
url="$(sed -n 's/.*"event":"Listening".*"url":"\([^"]*\)".*/\1/p' "$work/broker.log" | head -n 1)"
as admin login --broker "$url" --token-file "$work/data/bootstrap-token" >/dev/null
echo "  $url"

step '3. Start a stock sshd that trusts the broker'"'"'s CA, with a git repository behind it'
login="$(id -un)"
port="$(free_port)"
curl -fsS "$url/api/ca/user-keys" >"$work/user_ca.pub"
curl -fsS "$url/api/ca/krl" >"$work/krl"
echo "$login@acme/production/git" >"$work/principals"
ssh-keygen -q -t ed25519 -N '' -f "$work/host_key"
cat >"$work/sshd_config" <<CONFIG
ListenAddress 127.0.0.1
Port $port
HostKey $work/host_key
PidFile none
StrictModes no
UsePAM no
LogLevel VERBOSE
AuthenticationMethods publickey
PasswordAuthentication no
KbdInteractiveAuthentication no
AuthorizedKeysFile none
PermitRootLogin prohibit-password
AcceptEnv GIT_PROTOCOL
TrustedUserCAKeys $work/user_ca.pub
AuthorizedPrincipalsFile $work/principals
RevokedKeys $work/krl
CONFIG
/usr/sbin/sshd -D -e -f "$work/sshd_config" 2>"$work/sshd.log" </dev/null &
sshd_process=$!
started+=("$sshd_process")
await "$work/sshd.log" 'Server listening' "$sshd_process" sshd
git -c init.defaultBranch=main init -q --bare "$work/app.git"
git -c init.defaultBranch=main init -q "$work/seed"
echo 'hello from behind sshd' >"$work/seed/README"
git -C "$work/seed" add README
git -C "$work/seed" -c user.name=try -c user.email=try@example.com commit -qm 'first commit'
git -C "$work/seed" push -q "$work/app.git" main
repository="ssh://$login@127.0.0.1:$port$work/app.git"
echo "  $(ssh -V 2>&1), port $port, $repository"

step '4. Tell the broker what it guards, and who may enter'
admin project put acme
admin environment put acme/production
admin resource put acme/production/git --host "127.0.0.1:$port" --login "$login"
admin grant put alice-git --path acme/production/git --subject alice --role developer
as admin token create laptop --subject alice >"$work/alice-token"
as admin grant list | sed 's/^/  /'

step '5. Without the hook, alice is refused'
printf '[127.0.0.1]:%s %s\n' "$port" "$(cut -d' ' -f1,2 "$work/host_key.pub")" >"$work/known_hosts"
cat >"$work/ssh_config" <<CONFIG
Host *
  UserKnownHostsFile $work/known_hosts
  IdentityAgent none
  BatchMode yes
CONFIG
export GIT_SSH_COMMAND="ssh -F $work/ssh_config" GIT_SSH_VARIANT=ssh GIT_CONFIG_GLOBAL=/dev/null
refused 'git clone REPOSITORY' git clone -q "$repository" "$work/clone0"

step '6. alice signs in and sets up ssh, once'
run 'sshfn login --broker URL --token-file FILE' as alice login --broker "$url" --token-file "$work/alice-token"
run 'sshfn config-ssh' as alice config-ssh --ssh-config "$work/ssh_config"

step '7. The same clone: the hook fetches a certificate before ssh connects'
requests() { grep -c '"event":"Request"' "$work/broker.log" || true; }
run 'git clone REPOSITORY' git clone -q "$repository" "$work/clone1" || fail 'the clone failed' "$work/sshd.log"
cat "$work/clone1/README" | sed 's/^/  /'

step '8. What the journal says of it, and what sshd says'
as admin audit list --event certificate.issued | sed 's/^/  /'
grep 'Accepted publickey' "$work/sshd.log" | sed 's/^/  /' | tail -n 1

step '9. A second clone: no request to the broker'
before="$(requests)"
run 'git clone REPOSITORY' git clone -q "$repository" "$work/clone2" || fail 'the second clone failed' "$work/sshd.log"
[[ "$(requests)" == "$before" ]] || fail 'the second clone asked the broker'
echo "  → requests to the broker before: $before, after: $(requests)"

step '10. A manager revokes, the host fetches the revocation list, the clone is refused'
run 'sshfn revoke --subject alice --reason …' as admin revoke --subject alice --reason 'laptop lost'
curl -fsS "$url/api/ca/krl" >"$work/krl.new" && mv "$work/krl.new" "$work/krl"
refused 'git clone REPOSITORY' git clone -q "$repository" "$work/clone3"
grep -i 'revoked' "$work/sshd.log" | sed 's/^/  sshd: /' | tail -n 1

if [[ "$once" == --once ]]; then
  step 'That is all.'
  exit 0
fi
step "The broker stays up at $url until Ctrl-C."
cat <<TEXT
  Administer it:     SSHFN_HOME=$work/admin $sshfn resource list
  Its API:           $url/api/openapi.json
  Its log:           $work/broker.log
TEXT
wait "$broker_process"
