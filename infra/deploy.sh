#!/usr/bin/env bash
# Deploys the broker to Azure, or brings what is deployed up to date. Safe to run again: it changes what differs and keeps the admin's token.
# bash infra/deploy.sh --help tells the options; infra/RUNBOOK.md what to do before and after.
set -euo pipefail
here="$PWD"
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage() {
  cat <<'TEXT'
usage: bash infra/deploy.sh --group GROUP --name NAME --location REGION [option…]

  --group GROUP        resource group; made when it is missing, best the broker's alone
  --name NAME          name of the app, globally unique: the first answer will come from https://NAME….azurewebsites.net
  --location REGION    region of a new group; not needed when the group is there
  --parameters FILE    a copy beside infra/main.bicepparam with your choices; default: that file
  --package ZIP        what infra/package.sh made; default: it is made now
  --identities FILE    OpenID Connect issuers, put into the package
  --token-file FILE    where the first admin's token is written, mode 0600; default: ./NAME-admin-token
  --new-admin-token    make a further admin, when every admin token is lost
  --subscription ID    default: the one that az has chosen
  --dry-run            say what would change, and change nothing
  --remove [--yes]     delete the whole group, after asking for its name; tells what stays
  --help

Needs az (2.60 or newer, signed in, with the right to assign roles in the group), curl, and python3 for --identities.
TEXT
}

say() { printf 'deploy: %s\n' "$*" >&2; }
fail() { # what happened; what would fix it
  printf 'deploy: error: %s\n' "$1" >&2
  [[ -z "${2-}" ]] || printf 'deploy: hint: %s\n' "$2" >&2
  exit 1
}
misused() { printf 'deploy: error: %s\ndeploy: hint: bash infra/deploy.sh --help\n' "$1" >&2; exit 2; }
absolute() { case "$1" in /*) printf '%s' "$1" ;; *) printf '%s/%s' "$here" "$1" ;; esac; }

group='' name='' location='' parameters=infra/main.bicepparam package='' identities='' token_file='' subscription=''
new_token=no dry_run=no remove=no confirmed=no
while (($# > 0)); do
  case "$1" in
    --group | --name | --location | --subscription | --parameters | --package | --identities | --token-file)
      (($# > 1)) || misused "$1 needs a value"
      option="${1#--}" value="$2"
      case "$option" in parameters | package | identities | token-file) value="$(absolute "$value")" ;; esac
      printf -v "${option//-/_}" '%s' "$value"
      shift 2
      ;;
    --new-admin-token) new_token=yes; shift ;;
    --dry-run) dry_run=yes; shift ;;
    --remove) remove=yes; shift ;;
    --yes) confirmed=yes; shift ;;
    --help | -h) usage; exit 0 ;;
    *) misused "unknown option $1" ;;
  esac
done
[[ -n "$group" ]] || misused '--group is missing'
[[ "$name" =~ ^[a-z][a-z0-9-]{1,30}[a-z0-9]$ ]] || misused "--name \"$name\" is not 3 to 32 lower-case letters, digits and dashes"
token_file="${token_file:-$here/$name-admin-token}"

work="$(mktemp -d "${TMPDIR:-/tmp}/sshfn-deploy.XXXXXX")"
trap 'rm -rf "$work"' EXIT

azure() { az "$@" --only-show-errors ${subscription:+--subscription "$subscription"}; }

check_tools() {
  command -v az >/dev/null || fail 'az, the Azure CLI, is not installed' 'install the package azure-cli, then: az login'
  command -v curl >/dev/null || fail 'curl is not installed' 'install the package curl'
  [[ -z "$identities" ]] || command -v python3 >/dev/null || fail '--identities needs python3' 'install the package python3'
  [[ -f "$parameters" ]] || fail "there is no file $parameters" 'copy infra/main.bicepparam and change the copy'
  azure account show --query id --output tsv >/dev/null 2>"$work/account" ||
    fail "az is not signed in: $(head -n 1 "$work/account")" 'az login, and az account set --subscription ID where you have several'
}

group_exists() { [[ "$(azure group exists --name "$group")" == true ]]; }

make_group() {
  ! group_exists || return 0
  [[ -n "$location" ]] || misused "group $group does not exist yet, so --location is needed"
  say "making the group $group in $location"
  azure group create --name "$group" --location "$location" --tags "sshfn=$name" --output none ||
    fail "the group $group could not be made" 'check --location (az account list-locations) and your right to make groups'
}

# A vault that was deleted is kept, with its keys, and its name with it. Deploying again takes it back.
deleted_vault() {
  local stem="${name//-/}"
  azure keyvault list-deleted --resource-type vault --output tsv \
    --query "[?contains(properties.vaultId, '/resourceGroups/$group/') && starts_with(name, '${stem:0:12}-')] | [0].name" 2>/dev/null || true
}

# The app's settings are replaced as a whole by each deployment, so the hash that is there has to be told again. It opens nothing.
# A read that failed is no answer: taken for "no admin yet", it would make another.
deployed_hash() {
  local found
  group_exists || return 0
  found="$(azure functionapp list --resource-group "$group" --output tsv --query "[?name=='$name'].name | [0]" 2>"$work/settings")" || unread_settings
  [[ "$found" == "$name" ]] || return 0
  azure functionapp config appsettings list --resource-group "$group" --name "$name" --output tsv \
    --query "[?name=='SSHFN_BROKER_ADMIN_TOKEN_HASH'].value | [0]" 2>"$work/settings" || unread_settings
}

unread_settings() {
  fail "the settings of $name could not be read: $(head -n 1 "$work/settings")" "wait and run it again, or check your right to read them in $group"
}

# broker admin-token prints the token on its first line and the hash on its second.
make_token() {
  local broker="${SSHFN_BROKER_BIN:-.artifacts/publish/broker/sshfn-broker}" token hash
  [[ -x "$broker" ]] || fail "there is no broker at $broker" 'bash infra/publish.sh'
  { IFS= read -r token && IFS= read -r hash; } < <("$broker" admin-token 2>"$work/broker") ||
    fail "$broker admin-token printed no token: $(head -n 1 "$work/broker")" 'bash infra/publish.sh'
  token="${token##* }" hash="${hash##* }"
  [[ "$hash" =~ ^[a-z2-7]{16}\.sha256:[A-Za-z0-9_-]{43}$ && "$token" != "$hash" ]] || fail "$broker admin-token printed something else than a token and its hash" 'bash infra/publish.sh'
  (umask 077 && printf '%s\n' "$token" >"$work/token" && mv -f "$work/token" "$token_file")
  say "wrote an admin's token to $token_file; it holds for a day from the broker's first start"
  admin_hash="$hash"
}

choose_token() {
  admin_hash="$(deployed_hash)"
  [[ "$admin_hash" != None ]] || admin_hash=''
  [[ "$dry_run" == no ]] || return 0
  if [[ -z "$admin_hash" || "$new_token" == yes ]]; then make_token; else say 'an admin was made before; --new-admin-token makes another'; fi
}

# What only this script knows goes to main.bicepparam by environment: arguments can be read by every user of the machine.
hand_over() {
  local vault
  vault="$(deleted_vault)"
  export SSHFN_DEPLOY_NAME="$name" SSHFN_DEPLOY_ADMIN_TOKEN_HASH="$admin_hash" SSHFN_DEPLOY_RECOVER_VAULT=false
  export SSHFN_DEPLOY_IDENTITIES_FILE="${identities:+identities.json}"
  if [[ -n "$vault" && "$vault" != None ]]; then
    say "the deleted vault $vault is taken back, with its keys"
    export SSHFN_DEPLOY_RECOVER_VAULT=true
  fi
}

hint_for() {
  case "$1" in
    *AuthorizationFailed* | *roleAssignments/write*) echo 'your account needs Owner, or Contributor and Role Based Access Control Administrator, on the group' ;;
    *MissingSubscriptionRegistration* | *NoRegisteredProviderFound*) echo 'register what the message names: az provider register --namespace NAMESPACE --wait' ;;
    *VaultAlreadyExists* | *ConflictError*) echo 'a deleted vault holds the name: az keyvault list-deleted; the runbook, "Decommission", tells more' ;;
    *SubscriptionIsOverQuota* | *Quota*) echo 'the region has no room for the plan; choose another region, or ask for quota' ;;
    *already\ exists* | *HostNameConflict* | *AlreadyTaken*) echo 'the name is taken by somebody; choose another --name' ;;
    *) echo "az deployment operation group list --resource-group $group --name sshfn-$name tells which part failed" ;;
  esac
}

deploy_resources() {
  say 'deploying the resources; the first time takes some minutes'
  if ! azure deployment group create --resource-group "$group" --name "sshfn-$name" --parameters "$parameters" --output tsv \
    --query '[properties.outputs.url.value, properties.outputs.ownUrl.value]' >"$work/outputs" 2>"$work/deployment"; then
    cat "$work/deployment" >&2
    fail "the deployment to $group failed" "$(hint_for "$(<"$work/deployment")")"
  fi
  read -r -d '' url own_url <"$work/outputs" || [[ -n "${own_url-}" ]] || fail 'the deployment told no address' 'is --parameters a copy of infra/main.bicepparam?'
}

preview() {
  if ! group_exists; then
    say "the group $group does not exist: everything in infra/main.bicep would be new"
    az bicep build --only-show-errors --file infra/main.bicep --stdout >/dev/null || fail 'infra/main.bicep does not compile' 'az bicep upgrade'
    return
  fi
  azure deployment group what-if --resource-group "$group" --name "sshfn-$name" --parameters "$parameters" ||
    fail 'Azure could not say what would change' 'the message above names the part'
}

make_package() {
  if [[ -z "$package" ]]; then
    say 'making the package'
    bash infra/package.sh >&2 || fail 'the package could not be made' 'bash infra/package.sh'
    package=.artifacts/package/functionapp.zip
  fi
  [[ -f "$package" ]] || fail "there is no package $package" 'bash infra/package.sh'
  [[ -n "$identities" ]] || return 0
  cp "$package" "$work/package.zip"
  python3 -c 'import sys, zipfile; zipfile.ZipFile(sys.argv[1], "a", zipfile.ZIP_DEFLATED).write(sys.argv[2], "identities.json")' \
    "$work/package.zip" "$identities" || fail "$identities could not be put into the package" 'is it a file, and the package a zip?'
  package="$work/package.zip"
}

# The role on the package container may need minutes to be known everywhere after the first deployment.
upload() {
  local try
  for try in 1 2 3 4 5; do
    say "uploading the package$( ((try == 1)) || printf ', try %s of 5' "$try")"
    ! azure functionapp deployment source config-zip --resource-group "$group" --name "$name" --src "$package" --output none || return 0
    sleep "${SSHFN_DEPLOY_PAUSE:-30}"
  done
  fail 'the package could not be uploaded' 'run this again in some minutes; roles of a new identity can take ten'
}

# await ADDRESS WHAT HINT: until it answers with success, for ten minutes at most.
await() {
  local start=$SECONDS
  until curl -fsS --max-time 10 --output /dev/null "$1" 2>"$work/answer"; do
    ((SECONDS - start < 600)) || fail "$2 after ten minutes: $(head -n 1 "$work/answer")" "$3"
    say "waiting for $1, $((SECONDS - start)) s"
    sleep "${SSHFN_DEPLOY_PAUSE:-5}"
  done
}

await_broker() {
  await "$own_url/api/health" 'the broker does not answer' "az webapp log tail --resource-group $group --name $name"
  await "$own_url/api/ca" 'the broker serves, but its tables or keys are not open' 'the runbook, "Throttled or away"'
}

next_steps() {
  cat <<TEXT
The broker serves at $url

  sshfn login --broker $url --token-file $token_file     # then delete that file
  sshfn project put …                                    # the README, "Ten lines that work"

Within a day, make an admin of your own and remove the grant bootstrap-ID (sshfn grant list). infra/RUNBOOK.md has the rest.
TEXT
}

explain_removal() {
  cat >&2 <<TEXT
deploy: this deletes the group $group with all that is in it: the app, its logs, and the tables with the journal, for good.
deploy: what stays: the vault with its three keys, for as long as vaultRetentionDays said (90 days unless you changed it). Purge protection
deploy: lets nobody shorten that, not even you; it costs nothing, keeps the vault's name taken, and deploying the same group and name
deploy: again takes it back. The roles on the keys go now. Hosts go on trusting the keys until they are unenrolled: sshfn host unenroll.
TEXT
}

confirm_removal() {
  [[ "$confirmed" == no ]] || return 0
  [[ -t 0 ]] || fail '--remove asks before it deletes, and nobody is there' 'add --yes'
  local answer
  read -r -p "deploy: type the name of the group to delete it: " answer
  [[ "$answer" == "$group" ]] || fail 'that is not its name; nothing was deleted'
}

remove_group() {
  local lock made_for
  group_exists || fail "there is no group $group" 'az group list --output table'
  made_for="$(azure group show --name "$group" --query tags.sshfn --output tsv)"
  [[ "$made_for" == "$name" ]] || fail "the group $group was not made by this script for $name, so other things may be in it" "az resource list --resource-group $group, and delete what is the broker's by hand"
  explain_removal
  confirm_removal
  while IFS= read -r lock; do
    [[ -z "$lock" ]] || azure lock delete --ids "$lock"
  done < <(azure lock list --resource-group "$group" --query "[?name=='sshfn-data' || name=='sshfn-keys'].id" --output tsv)
  azure group delete --name "$group" --yes || fail "the group $group could not be deleted" 'the message above names what holds it'
  say "deleted $group"
}

check_tools
if [[ "$remove" == yes ]]; then remove_group; exit 0; fi
[[ "$dry_run" == yes ]] || make_group
choose_token
hand_over
if [[ "$dry_run" == yes ]]; then preview; exit 0; fi
make_package
deploy_resources
upload
await_broker
next_steps
