// One identity, for the Functions host and the broker alike. They are two processes with one environment: whatever IDENTITY_ENDPOINT
// gives to one it gives to the other, so a second identity would look like a wall and be none.

@description('Name of the identity.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
  tags: tags
}

@description('Resource id.')
output id string = identity.id

@description('What roles are assigned to.')
output principalId string = identity.properties.principalId

@description('What a token is asked for with.')
output clientId string = identity.properties.clientId
