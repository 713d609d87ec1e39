using System.Collections.Immutable;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;

namespace SshFunctions.Core.Access;

/// <summary>One approver's yes.</summary>
/// <param name="By">Who.</param>
/// <param name="At">UTC.</param>
/// <param name="Comment">What was said to it; null for nothing.</param>
public sealed record AccessApproval(Subject By, DateTimeOffset At, string? Comment)
{
    /// <summary>As whom the rule of that time named them; empty for a manager, where it named nobody. Under another rule it counts when that names one of these too.</summary>
    public ImmutableArray<Holder> NamedAs { get; init; } = [];
}
