using System.Text;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Tests.Hosts;

public sealed class EnrollmentTokenRegistryTests
{
    private const int Patience = 60_000;
    private static readonly HostPlace Web = HostPlace.Parse("acme/production/web");

    [Fact(Timeout = Patience)]
    public async Task A_token_is_listed_and_journalled_without_its_secret()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();

        CreatedEnrollmentToken created = Broker.Must(await broker.EnrollmentTokens.CreateAsync(Broker.Admin, Web, null, default));

        Assert.Equal(created.Token, Assert.Single(await broker.EnrollmentTokens.ListAsync(null, default).ToListAsync()));
        Assert.Equal((Broker.Admin.Subject, broker.Now + TimeSpan.FromHours(1), null), (created.Token.CreatedBy, created.Token.Expires, created.Token.Host));
        Assert.Equal(created.Token.Id, Assert.Single(await broker.EventsAsync<JournalEvent.EnrollmentTokenCreated>()).Id);
        string secret = created.Secret.Reveal();
        Assert.DoesNotContain(secret, $"{created} {created.Token}", StringComparison.Ordinal);
        foreach (string partition in (string[])["hosts", "journal:000000000000001"])
        {
            foreach (StoredDocument document in (await broker.Store.ListAsync(partition, RowRange.All, default)).Documents)
                Assert.DoesNotContain(secret, document.Key.Row + Encoding.UTF8.GetString(document.Body.Span), StringComparison.Ordinal);
        }
    }

    [Theory(Timeout = Patience)]
    [InlineData("a life of a second", "acme/production/web", 1, "lifetimeSeconds")]
    [InlineData("a life of two days", "acme/production/web", 172_800, "lifetimeSeconds")]
    [InlineData("an instance that is nowhere", "acme/production/web#7", 60, "instance")]
    [InlineData("a git host", "acme/production/git", 60, "resource")]
    public async Task Refuses(string what, string place, int seconds, string field)
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        Broker.Must(await broker.Tree.PutResourceAsync(
            Broker.Admin, Broker.ResourceOf("acme/production/git", "git.example.com") with { Profile = CertificateProfileName.Gitea }, default));

        Refusal? refusal = (await broker.EnrollmentTokens.CreateAsync(
            Broker.Admin, HostPlace.Parse(place), TimeSpan.FromSeconds(seconds), default)).Refusal;

        Assert.True(Broker.Refused<Refusal.Invalid>(refusal).Field == field, what);
        Assert.Empty(await broker.EventsAsync<JournalEvent.EnrollmentTokenCreated>());
    }

    [Fact(Timeout = Patience)]
    public async Task Refuses_a_resource_that_is_not_there()
    {
        await using var broker = new Broker();
        Broker.Refused<Refusal.NotFound>((await broker.EnrollmentTokens.CreateAsync(Broker.Admin, Web, null, default)).Refusal);
    }

    [Fact(Timeout = Patience)]
    public async Task Forgets_a_token_a_month_after_its_end()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        CreatedEnrollmentToken old = Broker.Must(await broker.EnrollmentTokens.CreateAsync(Broker.Admin, Web, null, default));
        broker.Clock.Advance(TimeSpan.FromDays(31));

        CreatedEnrollmentToken young = Broker.Must(await broker.EnrollmentTokens.CreateAsync(Broker.Admin, Web, null, default));

        Assert.Null(await broker.EnrollmentTokens.FindAsync(old.Token.Id, default));
        Assert.NotNull(await broker.EnrollmentTokens.FindAsync(young.Token.Id, default));
    }

    [Theory]
    [InlineData("acme/production/web", true)]
    [InlineData("acme/production/web#0", true)]
    [InlineData("acme/production/web#9999", true)]
    [InlineData("acme/production/web#10000", false)]
    [InlineData("acme/production/web#", false)]
    [InlineData("acme/production/web#-1", false)]
    [InlineData("acme/production/web#+1", false)]
    [InlineData("acme/production/web# 1", false)]
    [InlineData("acme/production", false)]
    [InlineData("/", false)]
    [InlineData("", false)]
    public void A_place_is_a_resource_or_an_instance_of_one(string text, bool expected)
    {
        Assert.Equal(expected, HostPlace.TryParse(text, null, out HostPlace place));
        if (expected) Assert.Equal(text, place.ToString());
    }
}
