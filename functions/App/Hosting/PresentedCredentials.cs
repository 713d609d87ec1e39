using Microsoft.Extensions.Primitives;
using SshFunctions.Core;
using SshFunctions.Core.Callers;

namespace SshFunctions.App.Hosting;

/// <summary>Takes the credential out of a request's headers, in exactly one of its forms.</summary>
internal static class PresentedCredentials
{
    public const string IdHeader = "Sshfn-Client-Id";
    public const string SecretHeader = "Sshfn-Client-Secret";

    private const string Strange = "The credential is empty or has characters that none has.";
    private const int MaximumLength = 4096;
    private const string Forms = $"send Authorization: Bearer ID.SECRET, {IdHeader} and {SecretHeader}, or Authorization: Bearer with a JSON web token";

    /// <summary>Whether a request brings a credential of its own, of whatever form and worth.</summary>
    public static bool AnyIn(IHeaderDictionary headers) =>
        headers.Authorization.Count + headers[IdHeader].Count + headers[SecretHeader].Count > 0;

    public static Result<PresentedCredential> Take(IHeaderDictionary headers)
    {
        StringValues authorization = headers.Authorization;
        StringValues id = headers[IdHeader];
        StringValues secret = headers[SecretHeader];
        if (authorization.Count + id.Count + secret.Count == 0)
            return Refused("The request has no credential.", Forms);
        if (authorization.Count > 0 && id.Count + secret.Count > 0)
            return Refused("The request has credentials in two forms.", "send one of them");
        if (authorization.Count > 1 || id.Count > 1 || secret.Count > 1)
            return Refused("The request has more than one credential.", "send one");
        return authorization.Count == 1 ? TakeBearer(authorization[0]!) : TakePair(id, secret);
    }

    private static Result<PresentedCredential> TakeBearer(string header)
    {
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return Refused("The Authorization header has another scheme than Bearer.", Forms);
        string token = header["Bearer ".Length..];
        int dot = token.IndexOf('.', StringComparison.Ordinal);
        // Neither half of an access token has a dot; a JSON web token has two.
        if (dot >= 0 && token.IndexOf('.', dot + 1) >= 0)
            return IsPlain(token) ? new PresentedCredential.WebToken(token) : Refused(Strange, Forms);
        return dot < 0 ? Refused("The bearer token is neither of the form ID.SECRET nor a JSON web token.", Forms) : Make(token[..dot], token[(dot + 1)..]);
    }

    private static Result<PresentedCredential> TakePair(StringValues id, StringValues secret) =>
        id.Count == 1 && secret.Count == 1
            ? Make(id[0]!, secret[0]!)
            : Refused($"Only one of {IdHeader} and {SecretHeader} is there.", "send both");

    private static Result<PresentedCredential> Make(string id, string secret)
    {
        if (id.Length + secret.Length > MaximumLength)
            return Refused("The credential is too long to be one.", Forms);
        return IsPlain(id) && IsPlain(secret)
            ? new PresentedCredential.AccessToken(id, Secret.Of(secret))
            : Refused(Strange, Forms);
    }

    private static bool IsPlain(string part) => part.Length > 0 && part.All(letter => letter is > ' ' and <= '~' and not ',');

    private static Refusal.Unauthenticated Refused(string detail, string fix) => new Refusal.Unauthenticated(detail, fix);
}
