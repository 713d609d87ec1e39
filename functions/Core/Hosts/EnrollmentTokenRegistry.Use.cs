using SshFunctions.Core.Callers;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Hosts;

public sealed partial class EnrollmentTokenRegistry
{
    private static readonly string DecoyHash = new('A', 43);

    // The same for an unknown, a wrong, an expired and a used one: who guesses learns nothing.
    private static readonly Refusal.Unauthenticated Unknown = new(
        "the enrollment token is unknown, was used or has expired", "make a new one and enroll with that: sshfn host token RESOURCE");

    /// <summary>The token of a text, if it can be used now.</summary>
    internal async Task<Result<Stored<EnrollmentToken>>> CheckAsync(string text, CancellationToken cancellationToken)
    {
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        string id = dot < 0 ? "" : text[..dot];
        using Secret secret = Secret.Of(text.AsSpan(dot + 1));
        Stored<EnrollmentToken>? stored = IsId(id) ? await _tokens.ReadAsync(id, cancellationToken) : null;
        // An unknown token costs the same comparison as a known one.
        bool matches = secret.Matches(stored?.Value.SecretHash ?? DecoyHash);
        return matches && stored is { Value.Host: null } && _clock.GetUtcNow() < stored.Value.Expires ? stored : Unknown;
    }

    /// <summary>Uses a token up and keeps the host, both or neither; <see cref="Refusal.Unauthenticated"/> when it was used or removed meanwhile.</summary>
    internal async Task<Result<Done>> UseAsync(
        Stored<EnrollmentToken> token, EnrolledHost host, IEnumerable<DocumentChange> inserts, CancellationToken cancellationToken)
    {
        if (await _tokens.FindChangesAsync(token, token.Value with { Host = host.Id }, cancellationToken) is not { } used) return Unknown;
        DocumentChange[] changes = [.. used, .. inserts];
        return await _store.CommitAsync(HostRegistry.Partition, changes, cancellationToken) is CommitResult.Committed ? Done.Instance : Unknown;
    }
}
