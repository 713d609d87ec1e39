using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using SshFunctions.Core.Certificates;

namespace SshFunctions.Core.Rotation;

/// <summary>The trust bundle as the journal key signs it: the JSON of GetTrustBundle.</summary>
/// <param name="Version">Grows with every change.</param>
/// <param name="UserCaKeys">Hosts trust them.</param>
/// <param name="HostCaKeys">Clients trust them.</param>
/// <param name="JournalKeys">What they sign counts.</param>
public sealed record TrustStatement(
    long Version, ImmutableArray<TrustStatementKey> UserCaKeys, ImmutableArray<TrustStatementKey> HostCaKeys, ImmutableArray<TrustStatementKey> JournalKeys)
{
    /// <summary>Namespace of the signature; a host that verifies demands the same.</summary>
    public const string SignatureNamespace = "sshfn-trust";

    /// <summary>What is to be said of some keys.</summary>
    /// <param name="keys">The keys.</param>
    /// <returns>The trusted ones.</returns>
    public static TrustStatement Of(TrustedKeys keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ImmutableArray<TrustStatementKey> These(KeyPurpose purpose) => [.. keys.TrustedOf(purpose).Select(TrustStatementKey.Of)];
        return new TrustStatement(keys.Version, These(KeyPurpose.UserCa), These(KeyPurpose.HostCa), These(KeyPurpose.Journal));
    }

    /// <summary>The text that is signed.</summary>
    /// <returns>JSON.</returns>
    public string ToText() => JsonSerializer.Serialize(this, CoreJson.Readable.TrustStatement);

    internal static ReadOnlyMemory<byte> BytesOf(string text) => Encoding.UTF8.GetBytes(text);
}
