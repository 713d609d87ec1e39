using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace SshFunctions.Core.Callers;

/// <summary>An access token as a broker may be told of it before anybody can sign in: without its secret.</summary>
/// <remarks>
/// Its text is <c>ID.sha256:HASH</c>, which no token can be taken for. Whoever reads it can't sign in with it: the secret has 256 random bits.
/// </remarks>
public sealed record SealedAccessToken
{
    private const int HashLength = 43;
    private const string Algorithm = "sha256:";
    private static readonly SearchValues<char> HashUnits = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private SealedAccessToken(string id, string secretHash)
    {
        Id = id;
        SecretHash = secretHash;
    }

    /// <summary>Public half: 16 characters of <c>a-z 2-7</c>.</summary>
    public string Id { get; }

    /// <summary>SHA-256 of the secret, base64url.</summary>
    public string SecretHash { get; }

    /// <summary>Makes a token.</summary>
    /// <param name="secret">Its secret; the caller disposes it.</param>
    /// <returns>The token without it.</returns>
    public static SealedAccessToken Generate(out Secret secret)
    {
        secret = Secret.Generate();
        return new SealedAccessToken(AccessTokenRegistry.NewId(), secret.Hash());
    }

    /// <summary>Reads the text of a token.</summary>
    /// <param name="text"><c>ID.sha256:HASH</c>.</param>
    /// <param name="token">The token.</param>
    /// <returns>Whether the text is one.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out SealedAccessToken? token)
    {
        ArgumentNullException.ThrowIfNull(text);
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        ReadOnlySpan<char> hash = dot > 0 && text.AsSpan(dot + 1).StartsWith(Algorithm) ? text.AsSpan(dot + 1 + Algorithm.Length) : default;
        bool fits = dot > 0 && AccessTokenRegistry.IsId(text[..dot]) && hash.Length == HashLength && !hash.ContainsAnyExcept(HashUnits);
        token = fits ? new SealedAccessToken(text[..dot], hash.ToString()) : null;
        return fits;
    }

    /// <summary>The text.</summary>
    /// <returns><c>ID.sha256:HASH</c>.</returns>
    public override string ToString() => $"{Id}.{Algorithm}{SecretHash}";
}
