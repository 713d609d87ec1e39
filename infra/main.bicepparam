using 'main.bicep'

// The common choices; every parameter of main.bicep may stand here. Copy this file to its side, change the copy, and give it to deploy.sh --parameters.
// deploy.sh hands over by environment what only it knows: nothing secret is ever an argument or a file of yours.
param name = readEnvironmentVariable('SSHFN_DEPLOY_NAME')
param adminTokenHash = readEnvironmentVariable('SSHFN_DEPLOY_ADMIN_TOKEN_HASH', '')
param identitiesFile = readEnvironmentVariable('SSHFN_DEPLOY_IDENTITIES_FILE', '')
param recoverVault = bool(readEnvironmentVariable('SSHFN_DEPLOY_RECOVER_VAULT', 'false'))

// Resources whose names clients should know at once, as in "*.example.com".
param sshHostPatterns = []

// Who hears of alerts and of the budget. Without one, neither is made.
param alertEmail = ''
param monthlyBudget = 50

param instanceMemoryMB = 512
param maximumInstanceCount = 40
param dataRedundancy = 'Standard_ZRS'
param hardwareKeys = false
