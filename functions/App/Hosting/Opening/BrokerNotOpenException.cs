using SshFunctions.Core;

namespace SshFunctions.App.Hosting.Opening;

/// <summary>The configuration is at odds with what was found where it points: only the operator can mend that.</summary>
internal sealed class BrokerNotOpenException(Refusal refusal) : Exception(refusal.Fix is { } fix ? $"{refusal.Detail}; {fix}" : refusal.Detail);
