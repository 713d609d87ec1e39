using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SshFunctions.Support.Outside;

/// <summary>What a ticket system posts, signed by the test itself as Standard Webhooks has it.</summary>
public static class SignedWebhook
{
    /// <summary>A secret as the configuration of a source has it.</summary>
    public static string SecretOf(byte[] key) => "whsec_" + Convert.ToBase64String(key);

    /// <summary>The request.</summary>
    /// <param name="source">Name of the source at the broker.</param>
    /// <param name="key">What signs it.</param>
    /// <param name="body">Sent as it is.</param>
    /// <param name="id">Of the message.</param>
    /// <param name="at">When it says that it was sent.</param>
    /// <param name="signature">In place of the right one.</param>
    /// <param name="contentOf">How the body is sent.</param>
    public static HttpRequestMessage Request(
        string source, byte[] key, byte[] body, string id, DateTimeOffset at, string? signature = null, Func<byte[], HttpContent>? contentOf = null)
    {
        string seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{seconds}."), .. body];
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/tickets/" + source, UriKind.Relative))
        {
            Content = contentOf?.Invoke(body) ?? new ByteArrayContent(body),
        };
        request.Headers.TryAddWithoutValidation("webhook-id", id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", seconds);
        request.Headers.TryAddWithoutValidation("webhook-signature", signature ?? "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed)));
        return request;
    }
}
