using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Tests.Resources;

/// <summary>A host name leads to exactly one resource, wildcards or not.</summary>
public sealed class HostPatternTests
{
    private const int Patience = 60_000;
    private const int Rounds = 100;

    [Fact(Timeout = Patience)]
    public async Task A_pattern_takes_in_every_name_below_its_domain_on_its_port()
    {
        await using Broker broker = await WithPatternAsync("*.apps.example.com");
        Assert.NotNull(await ResolveAsync(broker, "web.apps.example.com"));
        Assert.NotNull(await ResolveAsync(broker, "a.b.APPS.example.com"));
        Assert.Null(await ResolveAsync(broker, "apps.example.com"));
        Assert.Null(await ResolveAsync(broker, "webapps.example.com"));
        Assert.Null(await ResolveAsync(broker, "web.apps.example.com:2222"));
        Assert.Null(await ResolveAsync(broker, "web.apps.example.com.evil.example"));
        Assert.Null(await ResolveAsync(broker, "10.0.0.1"));
    }

    [Theory(Timeout = Patience)]
    [InlineData("*.example.com", "web.example.com")]
    [InlineData("*.example.com", "a.b.example.com")]
    [InlineData("*.example.com", "*.apps.example.com")]
    [InlineData("*.example.com", "*.example.com")]
    [InlineData("*.apps.example.com", "*.example.com")]
    [InlineData("web.example.com", "*.example.com")]
    [InlineData("a.b.example.com", "*.example.com")]
    public async Task What_would_lead_to_two_resources_is_refused_when_it_is_written(string first, string second)
    {
        await using Broker broker = await WithPatternAsync(first);
        Refusal.Conflict refusal = Broker.Refused<Refusal.Conflict>((await PutOtherAsync(broker, second)).Refusal);
        Assert.Equal("hosts", refusal.Field);
        Assert.Contains("acme/production/web", refusal.Detail, StringComparison.Ordinal);
    }

    [Theory(Timeout = Patience)]
    [InlineData("*.example.com", "web.example.com:2222")]
    [InlineData("*.example.com", "example.com")]
    [InlineData("*.example.com", "web.example.org")]
    [InlineData("*.apps.example.com", "web.example.com")]
    [InlineData("*.apps.example.com", "*.db.example.com")]
    [InlineData("*.apps.example.com", "webapps.example.com")]
    [InlineData("10.0.0.1", "10.0.0.2")]
    [InlineData("[2001:db8::1]", "[2001:db8::2]")]
    public async Task What_does_not_overlap_is_taken(string first, string second)
    {
        await using Broker broker = await WithPatternAsync(first);
        Broker.Must(await PutOtherAsync(broker, second));
    }

    [Fact(Timeout = Patience)]
    public async Task A_resource_may_hold_a_pattern_and_a_name_below_it()
    {
        await using var broker = new Broker();
        await broker.MakeEnvironmentAsync();
        Broker.Must(await broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf(hosts: ["*.example.com", "web.example.com"]), default));
        Broker.Must(await broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf(hosts: ["web.example.com"]), default));
        Assert.Null(await ResolveAsync(broker, "db.example.com"));
        Broker.Must(await PutOtherAsync(broker, "db.example.com"));
    }

    [Fact(Timeout = Patience)]
    public async Task A_pattern_and_a_name_below_it_put_at_once_are_never_both_taken()
    {
        for (int round = 0; round < Rounds; round++)
        {
            await using var broker = new Broker();
            await broker.MakeEnvironmentAsync();
            Result<Resource>[] results = await Task.WhenAll(
                Task.Run(() => broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf(hosts: "*.example.com"), default)),
                Task.Run(() => PutOtherAsync(broker, "web.example.com")));
            Assert.Single(results, result => result.Try(out _, out _));
        }
    }

    [Fact(Timeout = Patience)]
    public async Task Resources_put_at_once_that_do_not_overlap_are_all_taken()
    {
        await using var broker = new Broker();
        await broker.MakeEnvironmentAsync();
        Result<Resource>[] results = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(() =>
            broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf($"acme/production/web{number}", $"web{number}.example.com"), default))));
        Assert.All(results, result => Broker.Must(result));
    }

    [Theory]
    [InlineData("*.com")]
    [InlineData("*")]
    [InlineData("web.*.example.com")]
    [InlineData("*web.example.com")]
    [InlineData("*.10.0.0.1")]
    [InlineData("*.*.example.com")]
    public void A_pattern_over_strangers_hosts_or_of_another_form_is_none(string name) =>
        Assert.False(ResourceHost.TryCreate(name, 22, null, out _));

    [Theory]
    [InlineData(-1)]
    [InlineData(10_000)]
    public void An_instance_has_bounds(int instance) => Assert.False(ResourceHost.TryCreate("web.example.com", 22, instance, out _));

    [Fact]
    public void A_pattern_covers_what_it_resolves()
    {
        ResourceHost pattern = Broker.HostOf("*.example.com:2222");
        Assert.True(pattern.Covers(HostAddress.Parse("a.b.example.com:2222")));
        Assert.False(pattern.Covers(HostAddress.Parse("a.example.com")));
        Assert.False(pattern.Covers(HostAddress.Parse("example.com:2222")));
        Assert.Equal("*.example.com:2222", pattern.ToString());
    }

    private static async Task<Broker> WithPatternAsync(string host)
    {
        var broker = new Broker();
        await broker.MakeEnvironmentAsync();
        Broker.Must(await broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf(hosts: host), default));
        return broker;
    }

    private static Task<Result<Resource>> PutOtherAsync(Broker broker, string host) =>
        broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf("acme/production/other", host), default);

    private static Task<Resource?> ResolveAsync(Broker broker, string host) => broker.Tree.ResolveAsync(HostAddress.Parse(host), default);
}
