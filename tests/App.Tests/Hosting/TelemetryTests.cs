using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using SshFunctions.Api;
using SshFunctions.App.Tests.Brokers;

namespace SshFunctions.App.Tests.Hosting;

public sealed class TelemetryTests
{
    [Fact(Timeout = 60_000)]
    public async Task Sends_traces_and_metrics_to_the_collector_at_the_latest_when_it_stops_and_no_query()
    {
        var received = new System.Collections.Concurrent.ConcurrentDictionary<string, string>();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using WebApplication collector = builder.Build();
        collector.MapPost("/{*path}", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received.AddOrUpdate(context.Request.Path, Encoding.Latin1.GetString(body.ToArray()), (_, before) => before + Encoding.Latin1.GetString(body.ToArray()));
        });
        await collector.StartAsync();
        await using (RunningBroker broker = await RunningBroker.StartAsync(RunningBroker.OnLoopback with { OtlpEndpoint = new Uri(collector.Urls.First()) }))
        {
            await broker.Http.GetStringAsync(new Uri(Routes.Health + "?q=canary", UriKind.Relative));
            await broker.StopAndReadLogAsync();
        }

        Assert.Equal(["/v1/metrics", "/v1/traces"], received.Keys.Order(StringComparer.Ordinal));
        Assert.Contains(Routes.Health, received["/v1/traces"], StringComparison.Ordinal);
        Assert.DoesNotContain("canary", string.Concat(received.Values), StringComparison.Ordinal);
    }
}
