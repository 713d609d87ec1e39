// The three keys: user CA, host CA, journal. They are made in the vault, can only sign there, and can't be taken out of it.

@description('Name of the vault; 3 to 24 letters, digits and dashes.')
@minLength(3)
@maxLength(24)
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Whether the keys live in a hardware security module.')
param hardwareKeys bool

@description('Whether the broker reads OpenSSH private keys from secrets instead.')
param keysAsSecrets bool

@description('Days for which what was deleted can be recovered.')
param retentionDays int

@description('Whether a deleted vault of this name is recovered instead of made.')
param recover bool

@description('Enabled or Disabled.')
param publicNetworkAccess string

@description('Subnet of the app, or empty.')
param appSubnetId string

@description('Addresses let in beside the subnet.')
param operatorAddresses array

@description('Whether it is locked against deletion.')
param locked bool

@description('Principal of the app\'s identity.')
param principalId string

var roles = loadJsonContent('../roles.json')
var keyNames = ['user-ca', 'host-ca', 'journal']

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: subscription().tenantId
    createMode: recover ? 'recover' : 'default'
    sku: {
      family: 'A'
      name: hardwareKeys ? 'premium' : 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: retentionDays
    enablePurgeProtection: true
    enabledForDeployment: false
    enabledForDiskEncryption: false
    enabledForTemplateDeployment: false
    publicNetworkAccess: publicNetworkAccess
    networkAcls: {
      // Resource Manager makes the keys, as a service that the vault trusts.
      bypass: 'AzureServices'
      defaultAction: empty(appSubnetId) ? 'Allow' : 'Deny'
      virtualNetworkRules: empty(appSubnetId) ? [] : [
        {
          id: appSubnetId
        }
      ]
      ipRules: [for address in operatorAddresses: {
        value: address
      }]
    }
  }
}

// A key that exists is left as it is, so deploying again makes no new version. Rotation is the broker's, not the vault's: hosts must
// trust a key before it signs, which a rotation policy here can't know.
resource keys 'Microsoft.KeyVault/vaults/keys@2023-07-01' = [for keyName in keyNames: if (!keysAsSecrets) {
  parent: vault
  name: keyName
  properties: {
    kty: hardwareKeys ? 'EC-HSM' : 'EC'
    curveName: 'P-256'
    keyOps: ['sign', 'verify']
    attributes: {
      enabled: true
      exportable: false
    }
  }
}]

// On each key, never on the vault. The role also holds encrypt and wrap, which keyOps forbids, and update and backup, which it can't:
// a backup is sealed to this subscription and geography, and restores nowhere else.
resource cryptoUser 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (keyName, i) in keyNames: if (!keysAsSecrets) {
  name: guid(vault.id, keyName, principalId, roles['Key Vault Crypto User'])
  scope: keys[i]
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles['Key Vault Crypto User'])
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}]

// On the vault: the operator puts the secrets there later, and a role can't be given on what isn't there. Nothing else is in it.
resource secretsUser 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (keysAsSecrets) {
  name: guid(vault.id, principalId, roles['Key Vault Secrets User'])
  scope: vault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles['Key Vault Secrets User'])
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (locked) {
  name: 'sshfn-keys'
  scope: vault
  properties: {
    level: 'CanNotDelete'
    notes: 'Every enrolled host trusts the keys in this vault.'
  }
}

var kind = keysAsSecrets ? 'secrets' : 'keys'

@description('Resource id.')
output id string = vault.id

@description('Where each key is, without a version: the broker signs with the current one.')
output keyUrls object = {
  userCa: '${vault.properties.vaultUri}${kind}/user-ca'
  hostCa: '${vault.properties.vaultUri}${kind}/host-ca'
  journal: '${vault.properties.vaultUri}${kind}/journal'
}
