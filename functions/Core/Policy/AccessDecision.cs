using System.Collections.Immutable;

namespace SshFunctions.Core.Policy;

/// <summary>The answer to an <see cref="AccessQuestion"/>, with every rule that spoke.</summary>
public abstract record AccessDecision
{
    private AccessDecision(ImmutableArray<RuleFinding> findings) => Findings = findings;

    /// <summary>Every rule that spoke, in the order in which they were asked.</summary>
    public ImmutableArray<RuleFinding> Findings { get; }

    /// <summary>Yes, within limits.</summary>
    /// <param name="Grant">The grant that allows it.</param>
    /// <param name="Deciding">What that grant's rule said.</param>
    /// <param name="Limits">What it allows.</param>
    /// <param name="Findings">Every rule that spoke.</param>
    public sealed record Allowed(Grant Grant, RuleFinding Deciding, AccessLimits Limits, ImmutableArray<RuleFinding> Findings) : AccessDecision(Findings);

    /// <summary>No.</summary>
    /// <param name="Deciding">The rule that decided.</param>
    /// <param name="Findings">Every rule that spoke.</param>
    public sealed record Refused(RuleFinding Deciding, ImmutableArray<RuleFinding> Findings) : AccessDecision(Findings);
}
