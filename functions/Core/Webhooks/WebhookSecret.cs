using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace SshFunctions.Core.Webhooks;

/// <summary>A key that two parties share to sign webhooks with. Thread safe.</summary>
/// <remarks>
/// Written as <c>whsec_</c> and base64 of 24 to 64 bytes. Source: Standard Webhooks 1.0, "Signature scheme".
/// </remarks>
public sealed class WebhookSecret : IDisposable
{
    private const string Prefix = "whsec_";
    private const int MinimumBytes = 24;
    private const int MaximumBytes = 64;

    private readonly byte[] _key;

    private WebhookSecret(byte[] key) => _key = key;

    /// <summary>What a secret must be, for people.</summary>
    public const string Rule = "a webhook secret is whsec_ and base64 of 24 to 64 random bytes, as in: echo whsec_$(openssl rand -base64 32)";

    /// <summary>Reads a secret.</summary>
    /// <param name="text">With its prefix; blanks around it are left away.</param>
    /// <param name="secret">The secret; the caller disposes it.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out WebhookSecret? secret)
    {
        secret = null;
        string? trimmed = text?.Trim();
        if (trimmed is null || !trimmed.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        byte[] key = new byte[MaximumBytes];
        if (!Convert.TryFromBase64String(trimmed[Prefix.Length..], key, out int length) || length < MinimumBytes)
        {
            CryptographicOperations.ZeroMemory(key);
            return false;
        }

        secret = new WebhookSecret(key[..length]);
        CryptographicOperations.ZeroMemory(key);
        return true;
    }

    /// <summary>HMAC-SHA256 of a content.</summary>
    internal byte[] Sign(ReadOnlySpan<byte> content) => HMACSHA256.HashData(_key, content);

    /// <summary>Wipes the key.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(_key);

    /// <summary>Never the secret.</summary>
    /// <returns>A placeholder.</returns>
    public override string ToString() => "(secret)";
}
