using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Callers;

/// <summary>A text that somebody signs with an SSH key to sign in: for one broker, one key, once, for a minute.</summary>
/// <remarks>
/// Six lines without a last line break: a title, then <c>broker URL</c>, <c>key FINGERPRINT</c>, <c>nonce TEXT</c>, <c>expires TIME</c> and
/// <c>mac TEXT</c>. The mac makes it unforgeable without a document for each, so that asking for challenges fills no store.
/// </remarks>
internal sealed record SignInChallenge(string Broker, string Key, string Nonce, DateTimeOffset Expires)
{
    public const int MaximumLength = 2048;

    private const string Title = "sshfn sign-in challenge 1";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const int NonceBytes = 24;

    public static SignInChallenge Make(string broker, Fingerprint key, DateTimeOffset expires) => new(
        broker,
        key.ToString(),
        System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes)),
        DateTimeOffset.FromUnixTimeSeconds(expires.ToUnixTimeSeconds()));

    /// <summary>The text to sign.</summary>
    public string ToText(ReadOnlySpan<byte> macKey)
    {
        string content = $"{Title}\nbroker {Broker}\nkey {Key}\nnonce {Nonce}\nexpires {Expires.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}\n";
        byte[] mac = HMACSHA256.HashData(macKey, Encoding.UTF8.GetBytes(content));
        return $"{content}mac {System.Buffers.Text.Base64Url.EncodeToString(mac)}";
    }

    /// <summary>Reads a text back; null when this broker did not write it.</summary>
    public static SignInChallenge? Read(string text, string broker, ReadOnlySpan<byte> macKey)
    {
        if (text.Length > MaximumLength || text.Split('\n') is not [Title, var of, var key, var nonce, var expires, _]) return null;
        if (After("broker ", of) != broker || After("key ", key) is not { } fingerprint || After("nonce ", nonce) is not { } once
            || !DateTimeOffset.TryParseExact(
                After("expires ", expires), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset end))
            return null;
        var challenge = new SignInChallenge(broker, fingerprint, once, end);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(challenge.ToText(macKey)), Encoding.UTF8.GetBytes(text))
            ? challenge
            : null;
    }

    private static string? After(string word, string line) => line.StartsWith(word, StringComparison.Ordinal) ? line[word.Length..] : null;
}
