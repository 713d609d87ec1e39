using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.App.Http;
using SshFunctions.App.Tests.Brokers;
using SshFunctions.Core.Policy;

namespace SshFunctions.App.Tests.Hosting;

public sealed class ClientAddressesTests
{
    private static readonly TrustedProxies Loopback = new([SourceRange.Parse("127.0.0.1")], "X-Client");

    [Theory(Timeout = 30_000)]
    [InlineData("X-Client: 192.0.2.7:4711", "192.0.2.7")]
    [InlineData("X-Forwarded-For: 192.0.2.7", "nobody said")]
    public async Task Tells_functions_and_authentication_where_the_client_is(string header, string expected)
    {
        var authenticator = new OneTokenAuthenticator();
        await using RunningBroker broker = await RunningBroker.StartAsync(
            services: services => services.AddSingleton(Loopback).AddSingleton<ICallerAuthenticator>(authenticator),
            more: new Probe(FunctionAccess.Authenticated, "GET", null, context =>
                Task.FromResult(Results.Text($"{context.SourceAddress()?.ToString() ?? "nobody said"} {authenticator.Source?.ToString() ?? "nobody said"};"))));

        Assert.Contains($"{expected} {expected};", await RawHttp.GetAsync(broker.Url, Probe.Path, header, "Authorization: Bearer id1.right"), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Ignores_the_header_of_whoever_is_no_proxy()
    {
        await using RunningBroker broker = await RunningBroker.StartAsync(
            more: Probe.Get(context => Task.FromResult(Results.Text($"{context.SourceAddress()};"))));
        Assert.Contains("127.0.0.1;", await RawHttp.GetAsync(broker.Url, Probe.Path, "X-Forwarded-For: 192.0.2.7"), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Refuses_a_request_whose_address_can_not_be_read()
    {
        await using RunningBroker broker = await RunningBroker.StartAsync(services: services => services.AddSingleton(Loopback));
        string answer = await RawHttp.GetAsync(broker.Url, Routes.Health, "X-Client: me");
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Limits_clients_and_not_their_proxy()
    {
        await using RunningBroker broker = await RunningBroker.StartAsync(
            RunningBroker.OnLoopback with { RateLimits = new RateLimitProfile(RequestsPerMinutePerAddress: 1) },
            services => services.AddSingleton(Loopback));
        Assert.StartsWith("HTTP/1.1 200 ", await RawHttp.GetAsync(broker.Url, Routes.Health, "X-Client: 192.0.2.1"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", await RawHttp.GetAsync(broker.Url, Routes.Health, "X-Client: 192.0.2.2"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 429 ", await RawHttp.GetAsync(broker.Url, Routes.Health, "X-Client: 203.0.113.5, 192.0.2.1"), StringComparison.Ordinal);
    }
}
