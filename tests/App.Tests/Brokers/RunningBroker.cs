using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SshFunctions.App.Hosting;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.App.Hosting.Triggers;
using SshFunctions.App.Http;

namespace SshFunctions.App.Tests.Brokers;

/// <summary>The broker in this process, on a port the system chose, over real sockets.</summary>
internal sealed class RunningBroker : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly MemoryStream _log;

    private RunningBroker(WebApplication app, MemoryStream log)
    {
        _app = app;
        _log = log;
        Url = new Uri(BrokerHost.UrlsOf(app).First());
        Http = new HttpClient { BaseAddress = Url };
    }

    public static BrokerProfile OnLoopback { get; } = new()
    {
        DataDirectory = Path.GetTempPath(),
        Listen = [ListenAddress.Parse("http://127.0.0.1:0").Value!],
    };

    public Uri Url { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<RunningBroker> StartAsync(
        BrokerProfile? profile = null,
        Action<IServiceCollection>? services = null,
        params ImmutableArray<IHttpFunction> more) => await StartAsync(null, profile, services, more);

    /// <summary>Starts one under a Functions host, where there are triggers.</summary>
    public static async Task<RunningBroker> StartAsync(
        TriggerSettings? triggers, BrokerProfile? profile, Action<IServiceCollection>? services, ImmutableArray<IHttpFunction> more)
    {
        var log = new MemoryStream();
        WebApplication app = BrokerHost.Build(profile ?? OnLoopback, Stream.Synchronized(log), services ?? (_ => { }), [.. HttpFunctions.All, .. more], triggers);
        await app.StartAsync();
        return new RunningBroker(app, log);
    }

    /// <summary>Stops it, so that the log is whole, and reads the log.</summary>
    public async Task<IReadOnlyList<JsonElement>> StopAndReadLogAsync()
    {
        await _app.StopAsync();
        return [.. Encoding.UTF8.GetString(_log.ToArray())
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)];
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
