// What wakes somebody. The broker's log lines are JSON objects on stdout, which the host writes to AppTraces, one a row, as they are:
// functions/App/Hosting/JsonLines.cs has the shape, and every event named here is an EventId of functions/App.
// The length of a queue is a metric of the whole account, told once an hour, so poison is found by the host's own words when it moves a
// message aside, and by the broker's when it runs without the host.

@description('Name of the app.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Workspace with the logs.')
param workspaceId string

@description('Vault with the keys.')
param vaultId string

@description('Account with the tables.')
param dataAccountId string

@description('Address to write to, or empty.')
param email string

@description('Resource ids of further action groups.')
param actionGroupIds array

@description('Refused requests in 15 minutes that alert.')
param refusalThreshold int

@description('Failed requests in 15 minutes that alert.')
param failureThreshold int

@description('Hours without a sealed journal that alert; 0 for none.')
@allowed([0, 1, 2, 3, 4, 5, 6, 24, 48])
param checkpointMaximumAgeHours int

var lines = 'AppTraces | where Message startswith "{" | extend line = parse_json(Message) | extend event = tostring(line.event) '
var checkpointWindow = checkpointMaximumAgeHours == 24 ? 'P1D' : (checkpointMaximumAgeHours == 48 ? 'P2D' : 'PT${checkpointMaximumAgeHours}H')

var always = [
  {
    name: 'failures'
    text: 'Requests end with 5xx. RUNBOOK.md, "Throttled or away".'
    severity: 1
    window: 'PT15M'
    threshold: failureThreshold
    query: '${lines}| where event == "Request" and toint(line.status) >= 500'
  }
  {
    name: 'refusals'
    text: 'Unusually many requests are refused: a broken client, a lost token, or somebody guessing.'
    severity: 2
    window: 'PT15M'
    threshold: refusalThreshold
    query: '${lines}| where event == "Request" and toint(line.status) in (401, 403, 429)'
  }
  {
    name: 'away'
    text: 'Tables or the vault did not answer; requests got 503. RUNBOOK.md, "Throttled or away".'
    severity: 1
    window: 'PT15M'
    threshold: 5
    query: '${lines}| where event in ("StoreUnavailable", "NotOpened")'
  }
  {
    name: 'jobs'
    text: 'Queue or timer functions fail. Messages come again, timers at their next time.'
    severity: 2
    window: 'PT15M'
    threshold: 2
    query: '${lines}| where event == "InvocationFailed"'
  }
  {
    name: 'poison'
    text: 'A queue message failed every time and was put aside. RUNBOOK.md, "A poison message".'
    severity: 2
    window: 'PT15M'
    threshold: 0
    query: 'AppTraces | where Message has "Moving message to queue" or (Message startswith "{" and tostring(parse_json(Message).event) == "MessagePutAside")'
  }
  {
    name: 'alarms'
    text: 'A host reported a login that no entry of the journal explains, or raised another alarm: sshfn audit list --event session.unexplained.'
    severity: 1
    window: 'PT15M'
    threshold: 0
    query: '${lines}| where event in ("UnexplainedLogin", "HostAlarm")'
  }
  {
    name: 'defects'
    text: 'A request met a defect of the broker; the line has the exception and the correlation id.'
    severity: 2
    window: 'PT15M'
    threshold: 0
    query: '${lines}| where event == "Defect"'
  }
]

// One row when SealJournal did not come to a good end in the window, none otherwise.
var checkpoint = checkpointMaximumAgeHours == 0 ? [] : [
  {
    name: 'checkpoint'
    text: 'The timer SealJournal did not come to a good end in time: the journal was not sealed. Look for InvocationFailed in the log.'
    severity: 1
    window: checkpointWindow
    threshold: 0
    query: '${lines}| where event == "Invocation" and tostring(line.function) == "SealJournal" and toint(line.status) == 200 | summarize sealed = count() | where sealed == 0'
  }
]

var rules = concat(always, checkpoint)
var called = concat(actionGroupIds, empty(email) ? [] : [mail.id])

resource mail 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: '${name}-mail'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'sshfn'
    enabled: true
    emailReceivers: [
      {
        name: 'operator'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource logAlert 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for rule in rules: {
  name: '${name}-${rule.name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: '${name}: ${rule.name}'
    description: rule.text
    severity: rule.severity
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT15M'
    windowSize: rule.window
    // The table comes with the first line of the app, after this.
    skipQueryValidation: true
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: rule.query
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: rule.threshold
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: {
      actionGroups: called
    }
  }
}]

resource vaultThrottled 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${name}-vault-throttled'
  location: 'global'
  tags: tags
  properties: {
    description: 'The vault refuses signatures for now; mints get 503. RUNBOOK.md, "Throttled or away".'
    severity: 2
    enabled: true
    scopes: [vaultId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'refused'
          metricNamespace: 'Microsoft.KeyVault/vaults'
          metricName: 'ServiceApiResult'
          dimensions: [
            {
              name: 'StatusCode'
              operator: 'Include'
              values: ['429']
            }
          ]
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: [for group in called: {
      actionGroupId: group
    }]
  }
}

resource tablesThrottled 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${name}-tables-throttled'
  location: 'global'
  tags: tags
  properties: {
    description: 'The tables are busy. RUNBOOK.md, "Throttled or away".'
    severity: 2
    enabled: true
    scopes: [dataAccountId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'busy'
          metricNamespace: 'Microsoft.Storage/storageAccounts'
          metricName: 'Transactions'
          dimensions: [
            {
              name: 'ResponseType'
              operator: 'Include'
              values: ['ServerBusyError', 'ServerTimeoutError', 'ClientThrottlingError', 'ClientAccountRequestThrottlingError', 'ClientAccountBandwidthThrottlingError']
            }
          ]
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 20
        }
      ]
    }
    actions: [for group in called: {
      actionGroupId: group
    }]
  }
}
