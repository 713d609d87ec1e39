using System.Globalization;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace SshFunctions.Azure.Storage;

/// <summary>Signs requests to queues by the account's key, each try anew because the date is signed.</summary>
/// <remarks>
/// Source: "Authorize with Shared Key", Blob, Queue and File services, 2015-02-21 and later. What is signed, a line each:
/// <code>
/// verb, Content-Encoding, Content-Language, Content-Length (empty for 0), Content-MD5, Content-Type, Date,
/// If-Modified-Since, If-Match, If-None-Match, If-Unmodified-Since, Range,
/// each x-ms- header in order as name ":" value,
/// "/" account path-as-sent,
/// each query parameter in order as name ":" value, decoded
/// </code>
/// </remarks>
internal sealed class QueuesKeyPolicy(StorageCredential.SharedKey key, TimeProvider clock) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        StorageDate.Set(message.Request, clock);
        string signature = key.Sign(TextOf(message.Request));
        message.Request.Headers.SetValue("Authorization", $"SharedKey {key.Account}:{signature}");
    }

    private string TextOf(Request request)
    {
        long length = 0;
        request.Content?.TryComputeLength(out length);
        request.Headers.TryGetValue("Content-Type", out string? type);
        var text = new StringBuilder();
        text.Append(request.Method.Method).Append("\n\n\n");
        text.Append(length == 0 ? "" : length.ToString(CultureInfo.InvariantCulture)).Append("\n\n").Append(type).Append("\n\n\n\n\n\n\n");
        foreach (HttpHeader header in request.Headers.Where(header => header.Name.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase))
            .OrderBy(header => header.Name.ToLowerInvariant(), StringComparer.Ordinal))
            text.Append(header.Name.ToLowerInvariant()).Append(':').Append(header.Value.Trim()).Append('\n');
        Uri uri = request.Uri.ToUri();
        text.Append('/').Append(key.Account).Append(uri.AbsolutePath);
        foreach (string parameter in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal))
            text.Append('\n').Append(Uri.UnescapeDataString(parameter.Replace('=', ':')));
        return text.ToString();
    }
}
