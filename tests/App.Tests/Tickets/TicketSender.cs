using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SshFunctions.App.Tests.Brokers;

namespace SshFunctions.App.Tests.Tickets;

/// <summary>A ticket system that signs its webhooks by itself, as Standard Webhooks has it.</summary>
internal sealed class TicketSender(WholeBroker broker, string source = "itsm")
{
    public byte[] Key { get; init; } = [.. Enumerable.Range(1, 32).Select(value => (byte)value)];

    public string Secret => "whsec_" + Convert.ToBase64String(Key);

    public async Task<(HttpStatusCode Status, JsonElement Answer)> SendAsync(
        string body, string id = "msg_1", TimeSpan age = default, string? signature = null, Func<byte[], HttpContent>? contentOf = null)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        string seconds = (broker.Clock.GetUtcNow() - age).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tickets/" + source) { Content = contentOf?.Invoke(bytes) ?? new ByteArrayContent(bytes) };
        request.Headers.TryAddWithoutValidation("webhook-id", id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", seconds);
        request.Headers.TryAddWithoutValidation("webhook-signature", signature ?? "v1," + Convert.ToBase64String(
            HMACSHA256.HashData(Key, (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{seconds}."), .. bytes])));
        using HttpResponseMessage response = await broker.Http.SendAsync(request);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement);
    }
}
