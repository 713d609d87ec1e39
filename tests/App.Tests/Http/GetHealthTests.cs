using System.Net;
using System.Net.Http.Json;
using SshFunctions.Api;
using SshFunctions.App.Tests.Brokers;

namespace SshFunctions.App.Tests.Http;

public sealed class GetHealthTests
{
    [Fact(Timeout = 30_000)]
    public async Task Tells_version_and_clock_to_anyone()
    {
        await using RunningBroker broker = await RunningBroker.StartAsync();

        using HttpResponseMessage response = await broker.Http.GetAsync(Routes.Health);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.False(response.Headers.Contains("Server"));
        HealthResponse? health = await response.Content.ReadFromJsonAsync(ApiJson.Default.HealthResponse);
        Assert.Equal("ok", health?.Status);
        Assert.Equal("0.1.0", health?.Version);
    }
}
