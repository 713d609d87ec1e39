using System.Net;
using System.Text;
using System.Text.Json;
using SshFunctions.App.Tests.Brokers;
using SshFunctions.Support.Outside;

namespace SshFunctions.App.Tests.Tickets;

/// <summary>A ticket system that signs its webhooks by itself, as Standard Webhooks has it.</summary>
internal sealed class TicketSender(WholeBroker broker, string source = "itsm")
{
    public byte[] Key { get; init; } = [.. Enumerable.Range(1, 32).Select(value => (byte)value)];

    public string Secret => SignedWebhook.SecretOf(Key);

    public async Task<(HttpStatusCode Status, JsonElement Answer)> SendAsync(
        string body, string id = "msg_1", TimeSpan age = default, string? signature = null, Func<byte[], HttpContent>? contentOf = null)
    {
        using HttpRequestMessage request = SignedWebhook.Request(
            source, Key, Encoding.UTF8.GetBytes(body), id, broker.Clock.GetUtcNow() - age, signature, contentOf);
        using HttpResponseMessage response = await broker.Http.SendAsync(request);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement);
    }
}
