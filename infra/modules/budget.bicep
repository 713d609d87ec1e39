// A budget tells; it stops nothing. What bounds the bill is maximumInstanceCount and the rate limits of the broker.

@description('Name of the app.')
param name string

@description('Amount a month, in the currency of the subscription.')
@minValue(1)
param amount int

@description('First day of the month from which it counts, as 2026-11-01.')
param start string

@description('Address to write to, or empty.')
param email string

@description('Resource ids of action groups to call.')
param actionGroupIds array

var thresholds = [50, 80, 100]

var spent = toObject(thresholds, percent => 'spent-${percent}', percent => {
  enabled: true
  operator: 'GreaterThanOrEqualTo'
  threshold: percent
  thresholdType: 'Actual'
  contactEmails: empty(email) ? [] : [email]
  contactGroups: actionGroupIds
})

var forecast = {
  'forecast-100': {
    enabled: true
    operator: 'GreaterThanOrEqualTo'
    threshold: 100
    thresholdType: 'Forecasted'
    contactEmails: empty(email) ? [] : [email]
    contactGroups: actionGroupIds
  }
}

resource budget 'Microsoft.Consumption/budgets@2023-11-01' = {
  name: '${name}-month'
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: {
      startDate: start
    }
    notifications: union(spent, forecast)
  }
}
