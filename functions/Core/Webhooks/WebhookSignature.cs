using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace SshFunctions.Core.Webhooks;

/// <summary>Signs and checks webhooks.</summary>
/// <remarks>
/// HMAC-SHA256 over <c>ID.SECONDS.BODY</c>, as <c>v1,BASE64</c>. Source: Standard Webhooks 1.0, "Signature scheme".
/// </remarks>
public static class WebhookSignature
{
    private const string Version = "v1,";

    // A sender that changes its secret signs with the old and the new one; more than a few is somebody who guesses.
    private const int MaximumSignatureCount = 8;

    /// <summary>Signs a message, once with each secret.</summary>
    /// <param name="stamp">Its identifier and time.</param>
    /// <param name="body">Its bytes.</param>
    /// <param name="secrets">At least one: the receiver's, while it changes the old and the new one.</param>
    /// <returns>The value of <see cref="WebhookStamp.SignatureHeader"/>.</returns>
    public static string Sign(WebhookStamp stamp, ReadOnlySpan<byte> body, ImmutableArray<WebhookSecret> secrets)
    {
        byte[] content = ContentOf(stamp, body);
        return string.Join(' ', secrets.Select(secret => Version + Convert.ToBase64String(secret.Sign(content))));
    }

    /// <summary>Whether one of the signatures is right under one of the secrets.</summary>
    /// <param name="stamp">What the headers say.</param>
    /// <param name="body">The bytes as they came.</param>
    /// <param name="signatures">The value of <see cref="WebhookStamp.SignatureHeader"/>; signatures of other versions are passed over.</param>
    /// <param name="secrets">Those that count.</param>
    /// <returns>Whether it is. The time this takes says nothing about where they differ.</returns>
    public static bool IsRight(WebhookStamp stamp, ReadOnlySpan<byte> body, string? signatures, ImmutableArray<WebhookSecret> secrets)
    {
        byte[][] given = [.. (signatures ?? "").Split(' ', MaximumSignatureCount + 1).Take(MaximumSignatureCount).Select(Decode)];
        byte[] content = ContentOf(stamp, body);
        bool right = false;
        foreach (WebhookSecret secret in secrets)
        {
            byte[] expected = secret.Sign(content);
            foreach (byte[] signature in given) right |= CryptographicOperations.FixedTimeEquals(expected, signature);
        }

        return right;
    }

    private static byte[] Decode(string signature)
    {
        byte[] bytes = new byte[HMACSHA256.HashSizeInBytes];
        return signature.StartsWith(Version, StringComparison.Ordinal)
            && Convert.TryFromBase64String(signature[Version.Length..], bytes, out int length)
            && length == bytes.Length
            && Convert.ToBase64String(bytes) == signature[Version.Length..] // One spelling: the last digit has two bits that count for nothing.
                ? bytes
                : [];
    }

    private static byte[] ContentOf(WebhookStamp stamp, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(stamp);
        return [.. Encoding.ASCII.GetBytes($"{stamp.Id}.{stamp.Seconds}."), .. body];
    }
}
