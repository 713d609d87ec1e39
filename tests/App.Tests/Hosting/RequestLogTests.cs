using System.Text;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.App.Tests.Brokers;

namespace SshFunctions.App.Tests.Hosting;

public sealed class RequestLogTests
{
    [Fact(Timeout = 30_000)]
    public async Task Says_what_was_asked_without_query_header_or_body()
    {
        await using RunningBroker broker = await RunningBroker.StartAsync(more: Probe.Post<RegisterKeyRequest>());
        using var request = new HttpRequestMessage(HttpMethod.Post, Probe.Path + "?q=canary1");
        request.Headers.Add("Authorization", "Bearer canary2.canary2");
        request.Content = new StringContent("""{"name":"canary3","publicKey":"k"}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await broker.Http.SendAsync(request);
        using HttpResponseMessage unknown = await broker.Http.GetAsync(new Uri("/api/canary4?q=canary5", UriKind.Relative));

        IReadOnlyList<JsonElement> lines = await broker.StopAndReadLogAsync();

        Assert.DoesNotContain(lines, line => line.GetRawText().Contains("canary", StringComparison.Ordinal));
        JsonElement line = lines.First(line => line.GetProperty("event").GetString() == "Request");
        Assert.Equal("POST", line.GetProperty("method").GetString());
        Assert.Equal(Probe.Path, line.GetProperty("route").GetString());
        Assert.Equal(200, line.GetProperty("status").GetInt32());
        Assert.Matches("^[0-9a-f]{32}$", line.GetProperty("correlationId").GetString());
        Assert.EndsWith("Z", line.GetProperty("time").GetString(), StringComparison.Ordinal);
    }
}
