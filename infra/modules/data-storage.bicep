// The broker's tables: everything it knows, and the journal. Its own account, see host-storage.bicep.
// Azure has no soft delete, no versions and no restore to a point in time for tables: what protects them is the copies (redundancy), the lock,
// that nobody but the app has a role here, and that the broker itself never deletes a line of the journal.

@description('Name of the account; 3 to 24 lower-case letters and digits.')
@minLength(3)
@maxLength(24)
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Name of the storage SKU.')
param redundancy string

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

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: redundancy
  }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: publicNetworkAccess
    networkAcls: {
      bypass: 'None'
      defaultAction: empty(appSubnetId) ? 'Allow' : 'Deny'
      virtualNetworkRules: empty(appSubnetId) ? [] : [
        {
          id: appSubnetId
          action: 'Allow'
        }
      ]
      ipRules: [for address in operatorAddresses: {
        value: address
        action: 'Allow'
      }]
    }
  }
}

resource tableContributor 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, principalId, roles['Storage Table Data Contributor'])
  scope: account
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles['Storage Table Data Contributor'])
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (locked) {
  name: 'sshfn-data'
  scope: account
  properties: {
    level: 'CanNotDelete'
    notes: 'The broker\'s journal is here and nowhere else.'
  }
}

@description('Resource id.')
output id string = account.id

@description('Name of the account.')
output name string = account.name

@description('Table endpoint.')
output tablesUrl string = account.properties.primaryEndpoints.table
