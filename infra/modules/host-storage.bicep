// The Functions host's own account: its timer locks, its host keys, the queues it polls, and the deployed packages.
// Apart from the broker's tables, because who may write here decides what code runs, and needs no right on the journal for it; because
// the host's polls and leases then never share a limit of 20,000 requests a second with mints; and because this one can be thrown
// away: a queue message is only a nudge, the documents are the truth.

@description('Name of the account; 3 to 24 lower-case letters and digits.')
@minLength(3)
@maxLength(24)
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Principal of the app\'s identity.')
param principalId string

var roles = loadJsonContent('../roles.json')

// A poison queue is made by the host when it first needs it; made here, it can be watched and read from the first day.
var queues = ['revocations', 'revocations-poison', 'access-requests', 'access-requests-poison', 'notifications', 'notifications-poison']

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: 'Standard_LRS'
  }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    // Flex Consumption reads the package and the scale controller the queues from Microsoft's own networks.
    publicNetworkAccess: 'Enabled'
  }
}

// Versions and soft delete bring back a package or a host key that was overwritten; see "Roll back" of the runbook.
resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: true
    deleteRetentionPolicy: {
      enabled: true
      days: 30
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: 30
    }
  }
}

resource packages 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobs
  name: 'packages'
  properties: {
    publicAccess: 'None'
  }
}

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2023-05-01' = {
  parent: account
  name: 'default'
}

resource queue 'Microsoft.Storage/storageAccounts/queueServices/queues@2023-05-01' = [for queueName in queues: {
  parent: queueService
  name: queueName
}]

// Owner, not contributor: the host asks for it on AzureWebJobsStorage.
resource blobOwner 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, principalId, roles['Storage Blob Data Owner'])
  scope: account
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles['Storage Blob Data Owner'])
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

// One role for three doings: the broker sends, the trigger reads and deletes, the host makes poison queues.
resource queueContributor 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, principalId, roles['Storage Queue Data Contributor'])
  scope: account
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles['Storage Queue Data Contributor'])
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

@description('Blob endpoint.')
output blobUrl string = account.properties.primaryEndpoints.blob

@description('Queue endpoint.')
output queueUrl string = account.properties.primaryEndpoints.queue

@description('Container that the app runs from.')
output packageContainerUrl string = '${account.properties.primaryEndpoints.blob}${packages.name}'
