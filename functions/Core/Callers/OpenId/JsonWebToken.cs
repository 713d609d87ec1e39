using System.Text;

namespace SshFunctions.Core.Callers.OpenId;

/// <summary>A signed token of sound form; nothing in it is believed yet.</summary>
/// <remarks>
/// <code>
/// BASE64URL(header) "." BASE64URL(payload) "." BASE64URL(signature)
/// </code>
/// The signature is over the first two parts as they were sent. Source: RFC 7515, section 3.1; RFC 7519.
/// </remarks>
public sealed class JsonWebToken
{
    /// <summary>Most characters of a token.</summary>
    public const int MaximumLength = 16 * 1024;

    private readonly byte[] _signed;
    private readonly byte[] _signature;

    private JsonWebToken(string algorithm, string keyId, TokenClaims claims, byte[] signed, byte[] signature)
    {
        Algorithm = algorithm;
        KeyId = keyId;
        Claims = claims;
        _signed = signed;
        _signature = signature;
    }

    /// <summary>What the header says that it was signed with.</summary>
    public string Algorithm { get; }

    /// <summary>Which of the issuer's keys the header says that signed it.</summary>
    public string KeyId { get; }

    /// <summary>Who the payload says that issued it; null when it says nothing.</summary>
    public string? Issuer => Claims.Text("iss");

    /// <summary>Whether it was made for one sign-in; not believed before its signature, or the way it came, is.</summary>
    /// <param name="nonce">The text that the sign-in began with.</param>
    /// <returns>Whether its <c>nonce</c> is that.</returns>
    /// <remarks>Source: OpenID Connect Core 1.0, section 3.1.3.7.</remarks>
    public bool HasNonce(string nonce) => Claims.Text("nonce") == nonce;

    internal TokenClaims Claims { get; }

    /// <summary>Takes a token apart.</summary>
    /// <param name="text">The compact form, without <c>Bearer</c>.</param>
    /// <returns>The token, or <see cref="Refusal.Unauthenticated"/> when its form is not strictly that of a JWS with a <c>kid</c>.</returns>
    public static Result<JsonWebToken> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaximumLength) return Unsound($"is longer than {MaximumLength} characters");
        int first = text.IndexOf('.', StringComparison.Ordinal);
        int second = first < 0 ? -1 : text.IndexOf('.', first + 1);
        if (second < 0 || text.IndexOf('.', second + 1) >= 0) return Unsound("does not have three parts");
        if (CompactText.Decode(text.AsSpan(0, first)) is not { } header
            || CompactText.Decode(text.AsSpan(first + 1, second - first - 1)) is not { } payload
            || CompactText.Decode(text.AsSpan(second + 1)) is not { } signature)
            return Unsound("has a part that is not base64url without padding");
        if (TokenClaims.TryParse(header) is not { } head) return Unsound("has a header that is not one JSON object with each member once");
        if (FaultOfHeader(head) is { } fault) return Unsound(fault);
        if (TokenClaims.TryParse(payload) is not { } claims) return Unsound("has a payload that is not one JSON object with each member once");
        return new JsonWebToken(head.Text("alg")!, head.Text("kid")!, claims, Encoding.ASCII.GetBytes(text, 0, second), signature);
    }

    internal bool IsSignedBy(VerificationKey key, SignatureAlgorithm algorithm) => key.Verify(algorithm, _signed, _signature);

    private static string? FaultOfHeader(TokenClaims head)
    {
        // An extension that is critical must be understood, and none is. Source: RFC 7515, section 4.1.11.
        if (head.Has("crit")) return "demands extensions in crit";
        if (head.Text("alg") is null) return "names no algorithm";
        if (head.Text("kid") is not { Length: > 0 }) return "names no key in kid";
        // What an issuer signs for another end, such as a logout token, is no proof of who calls. Source: RFC 8725, section 3.11.
        return !head.Has("typ") || head.Text("typ") is { } type && IsOfCallers(type) ? null : "is of another type than JWT or at+jwt";
    }

    private static bool IsOfCallers(string type) =>
        type.Equals("JWT", StringComparison.OrdinalIgnoreCase)
        || type.Equals("at+jwt", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/at+jwt", StringComparison.OrdinalIgnoreCase);

    private static Refusal.Unauthenticated Unsound(string what) =>
        new Refusal.Unauthenticated($"the token {what}", "send an unencrypted JSON web token as its issuer made it");
}
