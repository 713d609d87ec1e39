// The broker in Azure: a Flex Consumption app with one identity, its tables, its vault of three keys, and what watches over them.
// infra/deploy.sh deploys it; infra/RUNBOOK.md is what to do then; infra/COST.md is what it costs.
targetScope = 'resourceGroup'

@description('Name of the function app, and the beginning of every other name. Globally unique: it is the host name. 3 to 32 lower-case letters, digits and dashes.')
@minLength(3)
@maxLength(32)
param name string

@description('Region of everything. It must offer Flex Consumption: az functionapp list-flexconsumption-locations.')
param location string = resourceGroup().location

@description('Hash of the first admin\'s token, as sshfn-broker admin-token prints it. Only the hash is ever in Azure; an empty one makes no admin.')
@secure()
param adminTokenHash string = ''

@description('Address under which clients reach the broker, without a trailing slash. Empty: the app\'s own https address.')
@maxLength(256)
param publicUrl string = ''

@description('Patterns under which resources lie, as *.example.com, so that clients know new ones at once. At most 20.')
@maxLength(20)
param sshHostPatterns array = []

@description('Networks, in CIDR form, whose client address header the broker believes. The Functions host dials the broker from loopback, so nothing else can be one.')
@minLength(1)
param trustedProxies array = ['127.0.0.0/8']

@description('Header that carries the client\'s address; believed only from trustedProxies. RUNBOOK.md, "Deploy", tells how to check it.')
param clientAddressHeader string = 'X-Forwarded-For'

@description('File of OpenID Connect issuers inside the package, which deploy.sh --identities puts there. Empty: access tokens and SSH keys only.')
param identitiesFile string = ''

@description('Further settings of the app, name to value; SSHFN_BROKER_* from sshfn-broker --help. They win over what this file sets. No secret belongs here.')
param extraSettings object = {}

@description('Memory of one instance in MB, and with it its share of a core: 512 is a quarter, 2048 one, 4096 two.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 512

@description('Most instances at once, over all functions. It bounds the bill and the load on the vault.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances kept warm for HTTP. 0 costs nothing idle and lets the first request of a quiet hour wait for a cold start.')
@minValue(0)
@maxValue(20)
param alwaysReadyInstances int = 0

@description('Requests that one instance takes at once before another is started.')
@minValue(1)
@maxValue(1000)
param requestsPerInstance int = 100

@description('Copies of the broker\'s tables: in one building (LRS), in three of the region (ZRS), also in the paired region (GRS, GZRS; RA-: readable there).')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_RAGRS', 'Standard_GZRS', 'Standard_RAGZRS'])
param dataRedundancy string = 'Standard_ZRS'

@description('Keys in a hardware security module (premium vault; see COST.md) instead of in software. Not to be changed later: a key stays where it was made.')
param hardwareKeys bool = false

@description('Read the CA keys from secrets of the vault instead, for key types that Key Vault keys do not offer (Ed25519). RUNBOOK.md tells how to put them there.')
param keysAsSecrets bool = false

@description('Days for which a deleted vault or key can be recovered, and nobody can purge it. Not to be changed later.')
@minValue(7)
@maxValue(90)
param vaultRetentionDays int = 90

@description('Whether the vault of an earlier deployment of this name, deleted and still retained, is taken back with its keys. deploy.sh sees to it.')
param recoverVault bool = false

@description('Whether vault and data account answer on the internet at all, to those who have a role. Disabled needs private endpoints of your own.')
@allowed(['Enabled', 'Disabled'])
param publicNetworkAccess string = 'Enabled'

@description('Subnet for the app\'s outgoing traffic, delegated to Microsoft.App/environments, with service endpoints for Microsoft.Storage and Microsoft.KeyVault. Given, vault and data account take no traffic from elsewhere.')
param appSubnetId string = ''

@description('Addresses or CIDR networks of operators that reach vault and data account past appSubnetId. Without appSubnetId they have no effect.')
@maxLength(50)
param operatorAddresses array = []

@description('Whether vault and data account are locked against deletion. deploy.sh --remove takes the locks away first.')
param lockData bool = true

@description('Client id of an Entra ID application: App Service then lets nobody pass without one of its tokens. Empty, the default: off, and the broker authenticates by itself.')
param entraClientId string = ''

@description('Days that logs are kept. The journal is not a log and is kept for ever.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Most gigabytes of logs a day; -1 for no bound. At the bound, log alerts are blind until the next day.')
@minValue(-1)
@maxValue(100)
param logDailyGigabytes int = 5

@description('Address that alerts and the budget write to. Empty: only actionGroupIds hear of them.')
param alertEmail string = ''

@description('Resource ids of action groups that alerts call. At most 4.')
@maxLength(4)
param actionGroupIds array = []

@description('Answers 401, 403 and 429 within 15 minutes that raise an alert.')
@minValue(1)
@maxValue(1000000)
param refusalThreshold int = 300

@description('Answers 5xx within 15 minutes that raise an alert.')
@minValue(1)
@maxValue(1000000)
param failureThreshold int = 20

@description('Hours without a good end of the timer SealJournal, which runs every five minutes, that raise an alert; 0 for no such alert.')
@allowed([0, 1, 2, 3, 4, 5, 6, 24, 48])
param checkpointMaximumAgeHours int = 1

@description('Budget a month, in the currency of the subscription, with mail at 50, 80 and 100 % and when 100 % is forecast; 0 for none.')
@minValue(0)
@maxValue(1000000)
param monthlyBudget int = 50

@description('Month from which the budget counts, as 2026-11-01. Leave it: the month of this deployment.')
param budgetStart string = utcNow('yyyy-MM-01')

@description('Tags of everything.')
param tags object = {}

// Storage accounts and vaults have short names without a home of their own: they carry a suffix that is unique to this group and name.
var suffix = take(uniqueString(resourceGroup().id, name), 8)
var stem = take(toLower(replace(name, '-', '')), 12)
var vaultName = '${stem}-${suffix}'
var notified = !empty(alertEmail) || !empty(actionGroupIds)

module identity 'modules/identity.bicep' = {
  name: 'identity'
  params: {
    name: '${name}-identity'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    name: name
    location: location
    tags: tags
    retentionDays: logRetentionDays
    dailyGigabytes: logDailyGigabytes
    principalId: identity.outputs.principalId
  }
}

module hostStorage 'modules/host-storage.bicep' = {
  name: 'host-storage'
  params: {
    name: '${stem}h${suffix}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
  }
}

module dataStorage 'modules/data-storage.bicep' = {
  name: 'data-storage'
  params: {
    name: '${stem}d${suffix}'
    location: location
    tags: tags
    redundancy: dataRedundancy
    publicNetworkAccess: publicNetworkAccess
    appSubnetId: appSubnetId
    operatorAddresses: operatorAddresses
    locked: lockData
    principalId: identity.outputs.principalId
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    name: vaultName
    location: location
    tags: tags
    hardwareKeys: hardwareKeys
    keysAsSecrets: keysAsSecrets
    retentionDays: vaultRetentionDays
    recover: recoverVault
    publicNetworkAccess: publicNetworkAccess
    appSubnetId: appSubnetId
    operatorAddresses: operatorAddresses
    locked: lockData
    principalId: identity.outputs.principalId
  }
}

module app 'modules/app.bicep' = {
  name: 'app'
  params: {
    name: name
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    hostBlobUrl: hostStorage.outputs.blobUrl
    hostQueueUrl: hostStorage.outputs.queueUrl
    packageContainerUrl: hostStorage.outputs.packageContainerUrl
    tablesUrl: dataStorage.outputs.tablesUrl
    keyUrls: vault.outputs.keyUrls
    applicationInsightsConnection: monitoring.outputs.connectionString
    adminTokenHash: adminTokenHash
    publicUrl: publicUrl
    sshHostPatterns: sshHostPatterns
    trustedProxies: trustedProxies
    clientAddressHeader: clientAddressHeader
    identitiesFile: identitiesFile
    extraSettings: extraSettings
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyInstances: alwaysReadyInstances
    requestsPerInstance: requestsPerInstance
    subnetId: appSubnetId
    entraClientId: entraClientId
  }
}

module alerts 'modules/alerts.bicep' = if (notified) {
  name: 'alerts'
  params: {
    name: name
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    vaultId: vault.outputs.id
    dataAccountId: dataStorage.outputs.id
    email: alertEmail
    actionGroupIds: actionGroupIds
    refusalThreshold: refusalThreshold
    failureThreshold: failureThreshold
    checkpointMaximumAgeHours: checkpointMaximumAgeHours
  }
}

module budget 'modules/budget.bicep' = if (monthlyBudget > 0 && notified) {
  name: 'budget'
  params: {
    name: name
    amount: monthlyBudget
    start: budgetStart
    email: alertEmail
    actionGroupIds: actionGroupIds
  }
}

@description('Address of the broker: publicUrl, or the app\'s own.')
output url string = app.outputs.url

@description('The app\'s own address, which answers also while publicUrl leads nowhere yet.')
output ownUrl string = app.outputs.ownUrl

@description('Name of the function app.')
output appName string = app.outputs.name

@description('Name of the vault that holds the keys.')
output vaultName string = vaultName

@description('Name of the account that holds the broker\'s tables.')
output dataAccountName string = dataStorage.outputs.name
