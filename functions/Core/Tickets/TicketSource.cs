using System.Collections.Immutable;
using SshFunctions.Core.Webhooks;

namespace SshFunctions.Core.Tickets;

/// <summary>A ticket system whose webhooks are taken.</summary>
/// <param name="Name">What the journal calls it; part of its address.</param>
/// <param name="Secrets">Each of them counts: while a secret is changed, the old and the new one.</param>
/// <param name="Tolerance">How far the time of a webhook may be from now, either way.</param>
/// <param name="Mapping">Where it says what.</param>
public sealed record TicketSource(string Name, ImmutableArray<WebhookSecret> Secrets, TimeSpan Tolerance, TicketMapping Mapping)
{
    /// <summary>Usual tolerance. Source: Standard Webhooks 1.0, "Verifying webhook authenticity".</summary>
    public static TimeSpan UsualTolerance { get; } = TimeSpan.FromMinutes(5);

    // The tickets that people name when they open a request themselves.
    private const string Manual = "manual";

    /// <summary>Whether a text is the name of a source: 1 to 40 lower-case letters, digits and <c>-</c> between them.</summary>
    /// <param name="name">The text.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsName(string? name) => name is { Length: > 0 and <= 40 } and not Manual && name[0] != '-' && name[^1] != '-'
        && name.All(unit => char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit) || unit == '-');
}
