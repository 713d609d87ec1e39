// The function app on Flex Consumption: the Functions host, and the broker as its custom handler.

@description('Name of the app.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Resource id of the identity that everything is done with.')
param identityId string

@description('Client id of that identity.')
param identityClientId string

@description('Blob endpoint of the host\'s account.')
param hostBlobUrl string

@description('Queue endpoint of the host\'s account, which the broker sends to as well.')
param hostQueueUrl string

@description('Container of the packages.')
param packageContainerUrl string

@description('Table endpoint of the broker\'s account.')
param tablesUrl string

@description('Where the keys are: userCa, hostCa and journal.')
param keyUrls object

@description('Where telemetry is sent.')
param applicationInsightsConnection string

@description('Hash of the first admin\'s token, or empty.')
@secure()
param adminTokenHash string

@description('Address for clients, or empty for the app\'s own.')
param publicUrl string

@description('Patterns of resources\' names.')
param sshHostPatterns array

@description('Networks whose client address header is believed.')
param trustedProxies array

@description('Header of the client\'s address.')
param clientAddressHeader string

@description('File of issuers inside the package, or empty.')
param identitiesFile string

@description('Further settings, which win.')
param extraSettings object

@description('Memory of an instance in MB.')
param instanceMemoryMB int

@description('Most instances.')
param maximumInstanceCount int

@description('Instances kept warm for HTTP.')
param alwaysReadyInstances int

@description('Requests of one instance at once.')
param requestsPerInstance int

@description('Subnet for outgoing traffic, or empty.')
param subnetId string

@description('Client id of the Entra ID application of App Service authentication, or empty for none.')
param entraClientId string

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: '${name}-plan'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    tier: 'FlexConsumption'
    name: 'FC1'
  }
  properties: {
    reserved: true
  }
}

resource site 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'custom'
        version: '1.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyInstances == 0 ? [] : [
          {
            name: 'http'
            instanceCount: alwaysReadyInstances
          }
        ]
        triggers: {
          http: {
            perInstanceConcurrency: requestsPerInstance
          }
        }
      }
    }
  }
}

// Passwords of publishing profiles are off: a package comes by an Entra ID token or not at all.
resource publishing 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = [for door in ['scm', 'ftp']: {
  parent: site
  name: door
  properties: {
    allow: false
  }
}]

// Flex Consumption takes runtime, version and package from functionAppConfig and refuses the settings that say so elsewhere.
var hostSettings = {
  AzureWebJobsStorage__blobServiceUri: hostBlobUrl
  AzureWebJobsStorage__queueServiceUri: hostQueueUrl
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsightsConnection
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  // The broker's lines are traces. Sampled, the one line that an alert waits for could be the one left out.
  AzureFunctionsJobHost__logging__applicationInsights__samplingSettings__excludedTypes: 'Request;Exception;Trace'
  // "Executing" and "Executed" of every request say less than the broker's own line and cost as much; its lines have another category.
  AzureFunctionsJobHost__logging__logLevel__Function: 'Warning'
  AzureFunctionsJobHost__customHandler__initializationTimeout: '00:00:25'
}

var ownUrl = 'https://${site.properties.defaultHostName}'

var brokerSettings = {
  SSHFN_BROKER_TABLES_URL: tablesUrl
  SSHFN_BROKER_QUEUES_URL: hostQueueUrl
  SSHFN_BROKER_AZURE_IDENTITY: 'managed:${identityClientId}'
  SSHFN_BROKER_USER_CA: keyUrls.userCa
  SSHFN_BROKER_HOST_CA: keyUrls.hostCa
  SSHFN_BROKER_JOURNAL_KEY: keyUrls.journal
  SSHFN_BROKER_PUBLIC_URL: empty(publicUrl) ? ownUrl : publicUrl
  SSHFN_BROKER_TRUSTED_PROXY: join(trustedProxies, ',')
  SSHFN_BROKER_CLIENT_ADDRESS_HEADER: clientAddressHeader
  SSHFN_BROKER_SSH_HOST_PATTERN: join(sshHostPatterns, ',')
  SSHFN_BROKER_IDENTITIES: identitiesFile
  SSHFN_BROKER_ADMIN_TOKEN_HASH: adminTokenHash
}

resource settings 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: site
  name: 'appsettings'
  properties: union(hostSettings, brokerSettings, extraSettings)
}

// Beside the broker's own authentication, never instead of it: every client must then bring a token of this application.
resource authentication 'Microsoft.Web/sites/config@2024-04-01' = if (!empty(entraClientId)) {
  parent: site
  name: 'authsettingsV2'
  properties: {
    platform: {
      enabled: true
    }
    globalValidation: {
      requireAuthentication: true
      unauthenticatedClientAction: 'Return401'
    }
    httpSettings: {
      requireHttps: true
    }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          clientId: entraClientId
          openIdIssuer: '${environment().authentication.loginEndpoint}${subscription().tenantId}/v2.0'
        }
        validation: {
          allowedAudiences: [
            entraClientId
            'api://${entraClientId}'
          ]
        }
      }
    }
    login: {
      tokenStore: {
        enabled: false
      }
    }
  }
}

@description('Name of the app.')
output name string = site.name

@description('Address for clients.')
output url string = empty(publicUrl) ? ownUrl : publicUrl

@description('The app\'s own address.')
output ownUrl string = ownUrl
