using SshFunctions.Core.Callers;

namespace SshFunctions.Core.Revocations;

/// <summary>One revocation in force.</summary>
/// <param name="Kind">What it names.</param>
/// <param name="Target">Serial in decimal digits, <c>SHA256:</c> fingerprint, subject, or identifier of a host.</param>
/// <param name="Reason">Why, in the words of who did it.</param>
/// <param name="By">Who did it.</param>
/// <param name="Created">UTC.</param>
/// <param name="Expires">When what it names has expired anyway, UTC; null for never.</param>
public sealed record Revocation(
    RevocationKind Kind,
    string Target,
    string Reason,
    Subject By,
    DateTimeOffset Created,
    DateTimeOffset? Expires)
{
    /// <summary>What the revocation of a host takes back beside its name; null for every other kind.</summary>
    public RevokedHost? Host { get; init; }

    /// <summary><c>serial:…</c>, <c>key:…</c>, <c>subject:…</c>, <c>host:…</c> or <c>ca:…</c>.</summary>
    public string Id => $"{TextOf(Kind)}:{Target}";

    internal static string TextOf(RevocationKind kind) => kind switch
    {
        RevocationKind.Serial => "serial",
        RevocationKind.Key => "key",
        RevocationKind.Subject => "subject",
        RevocationKind.Host => "host",
        RevocationKind.Ca => "ca",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind"),
    };
}
