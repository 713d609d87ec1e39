using System.Net;
using Microsoft.AspNetCore.Http;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.App.Tests.Brokers;
using SshFunctions.Core.Callers;

namespace SshFunctions.App.Tests.Hosting;

public sealed class RateLimitsTests
{
    [Fact(Timeout = 30_000)]
    public async Task Limits_what_one_address_sends_to_open_functions_too()
    {
        await using RunningBroker broker = await RunningBroker.StartAsync(
            RunningBroker.OnLoopback with { RateLimits = new RateLimitProfile(RequestsPerMinutePerAddress: 1) });
        using HttpResponseMessage first = await broker.Http.GetAsync(new Uri(Routes.Health, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);

        using HttpResponseMessage second = await broker.Http.GetAsync(new Uri(Routes.Health, UriKind.Relative));

        await second.ProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.InRange(second.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    [Theory]
    [InlineData(Routes.RevocationList)]
    [InlineData(Routes.RevocationListSignature)]
    [InlineData(Routes.AuthorizeKey)]
    public void Counts_what_many_hosts_or_strangers_send_apart_from_the_rest_of_an_address(string path)
    {
        using var limits = new RateLimits(new RateLimitProfile(RequestsPerMinutePerAddress: 1));
        var other = new DefaultHttpContext();
        other.Request.Path = Routes.Health;
        Assert.True(limits.TakeForAddress(other).Succeeded);
        Assert.False(limits.TakeForAddress(other).Succeeded);

        var context = new DefaultHttpContext();
        context.Request.Path = path;

        Assert.True(limits.TakeForAddress(context).Succeeded);
    }

    [Theory]
    [InlineData(Routes.RevocationList)]
    [InlineData(Routes.RevocationListSignature)]
    public void Refuses_more_readings_of_the_list_than_its_own_limit(string path)
    {
        using var limits = new RateLimits(new RateLimitProfile(ListReadsPerMinutePerAddress: 1));
        var context = new DefaultHttpContext();
        context.Request.Path = path;

        Assert.True(limits.TakeForAddress(context).Succeeded);
        Assert.False(limits.TakeForAddress(context).Succeeded);
    }

    [Fact]
    public void Refuses_one_caller_more_passcodes_than_its_limit_and_no_other_caller()
    {
        using var limits = new RateLimits(new RateLimitProfile(PasscodesPerMinutePerCaller: 1));

        Assert.True(limits.TakeForPasscode(Person("alice")).Succeeded);
        Assert.False(limits.TakeForPasscode(Person("alice")).Succeeded);
        Assert.True(limits.TakeForPasscode(Person("bob")).Succeeded);
    }

    [Fact]
    public void Counts_a_network_of_IPv6_as_one_source() =>
        Assert.Equal(RateLimits.SourceOf(IPAddress.Parse("2001:db8:1:2::1")), RateLimits.SourceOf(IPAddress.Parse("2001:db8:1:2:ffff::9")));

    [Fact]
    public void Tells_networks_of_IPv6_apart() =>
        Assert.NotEqual(RateLimits.SourceOf(IPAddress.Parse("2001:db8:1:2::1")), RateLimits.SourceOf(IPAddress.Parse("2001:db8:1:3::1")));

    [Fact]
    public void Counts_a_mapped_address_as_the_IPv4_one() =>
        Assert.Equal(RateLimits.SourceOf(IPAddress.Parse("192.0.2.1")), RateLimits.SourceOf(IPAddress.Parse("::ffff:192.0.2.1")));

    private static Caller Person(string subject) => new(CallerKind.Person, Subject.Parse(subject), []);
}
