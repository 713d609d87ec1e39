using System.Net;
using System.Text.Json;
using SshFunctions.Core;

namespace SshFunctions.App.Hosting.OpenId;

internal sealed partial class IssuerClient
{
    /// <summary>Fetches where a browser signs in and where a code becomes tokens.</summary>
    /// <returns>The addresses, or <see cref="Refusal.Invalid"/> with the reason.</returns>
    public Task<Result<IssuerEndpoints>> FetchEndpointsAsync(CancellationToken cancellationToken) => AskAsync<IssuerEndpoints>(async () =>
    {
        if (!(await GetAsync(_discovery, cancellationToken)).Try(out byte[]? discovery, out Refusal? refusal)
            || !ReadAddress(discovery, "authorization_endpoint").Try(out Uri? authorization, out refusal)
            || !ReadAddress(discovery, "token_endpoint").Try(out Uri? token, out refusal))
            return refusal;
        return new IssuerEndpoints(authorization, token, NamesItself(discovery));
    }, cancellationToken);

    /// <summary>Redeems a code, as the public client that got it.</summary>
    /// <param name="endpoint">The token endpoint.</param>
    /// <param name="form">The request. Source: RFC 6749, section 4.1.3; RFC 7636, section 4.5.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The tokens; <see cref="Refusal.Unauthenticated"/> when the issuer refuses the code, else <see cref="Refusal.Invalid"/> with the reason.</returns>
    public Task<Result<CodeTokens>> RedeemAsync(Uri endpoint, IReadOnlyDictionary<string, string> form, CancellationToken cancellationToken) => AskAsync<CodeTokens>(async () =>
    {
        using var content = new FormUrlEncodedContent(form);
        using HttpResponseMessage answer = await _http.PostAsync(endpoint, content, cancellationToken);
        if (answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized)
            return new Refusal.Unauthenticated("the issuer does not take the code", "sign in again: a code is good once and for a minute");
        return answer.StatusCode == HttpStatusCode.OK
            ? ReadTokens(await answer.Content.ReadAsByteArrayAsync(cancellationToken), endpoint)
            : new Refusal.Invalid(null, $"{endpoint} answered {(int)answer.StatusCode}");
    }, cancellationToken);

    // Read as an object of sound form before. Source: RFC 9207, section 3: absent means no.
    private static bool NamesItself(byte[] discovery)
    {
        using JsonDocument document = JsonDocument.Parse(discovery, Strict);
        return document.RootElement.TryGetProperty("authorization_response_iss_parameter_supported", out JsonElement value)
            && value.ValueKind == JsonValueKind.True;
    }

    private static Result<CodeTokens> ReadTokens(byte[] answer, Uri endpoint)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(answer, Strict);
            return new CodeTokens(Text(document.RootElement, "id_token"), Text(document.RootElement, "access_token"));
        }
        // Half of a surrogate pair is JSON and no text.
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return new Refusal.Invalid(null, $"{endpoint} answered with what is not JSON");
        }
    }
}
