using System.Net;
using System.Text;
using SshFunctions.Core.Callers;
using SshFunctions.Core.GitPasswords;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;

namespace SshFunctions.Core.Tests.GitPasswords;

public sealed class GitPasswordRegistryTests
{
    private const int Patience = 60_000;
    private static readonly IPAddress Office = IPAddress.Parse("192.0.2.7");

    [Fact(Timeout = Patience)]
    public async Task A_grant_buys_a_password_of_ten_minutes_that_is_good_for_its_resource_and_login_alone()
    {
        await using var broker = new Broker();
        MintedGitPassword minted = Broker.Must(await MintAsync(broker, await broker.MakeWebAsync()));
        Assert.Equal(broker.Now.AddMinutes(10), minted.Password.Expires);
        GitPassword known = Broker.Must(await CheckAsync(broker, minted));
        Assert.Equal((Broker.Alice.Subject, Broker.Deploy, GrantId.Parse("g1")), (known.Subject, known.Login, known.Grant));
        Assert.Equal(minted.Password.Id, Assert.Single(await broker.EventsAsync<JournalEvent.GitPasswordIssued>()).Password);
    }

    [Fact(Timeout = Patience)]
    public async Task Whatever_is_wrong_is_refused_in_the_same_words()
    {
        await using var broker = new Broker();
        MintedGitPassword minted = Broker.Must(await MintAsync(broker, await broker.MakeWebAsync()));
        Broker.Must(await broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf("acme/production/db", "db.example.com"), default));
        using Secret wrong = Secret.Generate();
        Refusal?[] refusals =
        [
            (await CheckAsync(broker, minted, secret: wrong)).Refusal,
            (await CheckAsync(broker, minted, secret: Secret.Of(minted.Password.SecretHash))).Refusal,
            (await CheckAsync(broker, minted, resource: "acme/production/db")).Refusal,
            (await CheckAsync(broker, minted, login: "root")).Refusal,
            (await CheckAsync(broker, minted, id: "00000000000aaaaaaaaaaaaaaaa")).Refusal,
            (await CheckAsync(broker, minted, id: "")).Refusal,
            (await CheckAsync(broker, minted, id: "../../x")).Refusal,
            await LateAsync(broker, minted),
        ];
        Assert.Single(refusals.Distinct());
        Broker.Refused<Refusal.Denied>(refusals[0]);
    }

    [Theory(Timeout = Patience)]
    [InlineData("the switch is off")]
    [InlineData("the subject is revoked")]
    [InlineData("the grant is removed")]
    [InlineData("the grant is removed and another holds")]
    [InlineData("the resource is removed")]
    public async Task A_password_dies_at_once_when(string what)
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        MintedGitPassword minted = Broker.Must(await MintAsync(broker, web));
        if (what.Contains("another", StringComparison.Ordinal)) Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g2"), default));
        if (what.Contains("switch", StringComparison.Ordinal))
            Broker.Must(await broker.Tree.PutResourceAsync(Broker.Admin, web with { SshSwitch = SshSwitch.Disabled }, default));
        else if (what.Contains("subject", StringComparison.Ordinal))
            Broker.Must(await broker.Revocations.RevokeAsync(Broker.Admin, [new Revocation(RevocationKind.Subject, "alice", "lost", Broker.Admin.Subject, broker.Now, null)], "lost", default));
        else
            Broker.Must(await broker.Revoker.RemoveGrantAsync(Broker.Admin, (await broker.Grants.FindAsync(GrantId.Parse("g1"), default))!, default));
        if (what.Contains("resource", StringComparison.Ordinal)) Broker.Must(await broker.Tree.RemoveAsync(Broker.Admin, web.Path, default));
        Broker.Refused<Refusal.Denied>((await CheckAsync(broker, minted)).Refusal);
    }

    [Fact(Timeout = Patience)]
    public async Task It_is_refused_as_a_certificate_would_be_and_the_refusal_is_recorded()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync(withGrant: false);
        Broker.Refused<Refusal.Denied>((await MintAsync(broker, web)).Refusal);
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1") with { NotAfter = broker.Now.AddSeconds(20) }, default));
        Assert.Contains("too short", Broker.Refused<Refusal.Denied>((await MintAsync(broker, web)).Refusal).Detail, StringComparison.Ordinal);
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1") with { MaximumLifetime = TimeSpan.FromMinutes(2) }, default));
        Assert.Equal(broker.Now.AddMinutes(2), Broker.Must(await MintAsync(broker, web)).Password.Expires);
        Caller brief = Broker.Alice with { Expires = broker.Now.AddMinutes(1) };
        Assert.Equal(broker.Now.AddMinutes(1), Broker.Must(await MintAsync(broker, web, brief)).Password.Expires);
        Assert.Equal(2, (await broker.EventsAsync<JournalEvent.GitPasswordRefused>()).Length);
    }

    [Fact(Timeout = Patience)]
    public async Task Where_a_grant_names_addresses_both_the_asking_and_the_using_come_from_there()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync(withGrant: false);
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1") with { SourceAddresses = [SourceRange.Parse("192.0.2.0/24")] }, default));
        Broker.Refused<Refusal.Denied>((await MintAsync(broker, web)).Refusal);
        MintedGitPassword minted = Broker.Must(await broker.GitPasswords.MintAsync(Broker.Alice, web, Broker.Deploy, Office, default));
        Broker.Refused<Refusal.Denied>((await CheckAsync(broker, minted)).Refusal);
        Broker.Must(await CheckAsync(broker, minted, source: Office));
    }

    [Fact(Timeout = Patience)]
    public async Task A_grant_for_a_folder_alone_buys_none_and_ends_one_that_was_bought_before()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        MintedGitPassword minted = Broker.Must(await MintAsync(broker, web));
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1") with { Permissions = [], SftpFolder = SftpFolder.Parse("pub/media") }, default));
        Broker.Refused<Refusal.Denied>((await CheckAsync(broker, minted)).Refusal);
        Assert.Contains("a folder or a command alone", Broker.Refused<Refusal.Denied>((await MintAsync(broker, web)).Refusal).Detail, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task The_secret_is_nowhere_in_the_store_and_what_expired_is_forgotten()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        string secret = Broker.Must(await MintAsync(broker, web)).Secret.Reveal();
        DocumentPage page = await broker.Store.ListAsync("git-passwords", RowRange.All, default);
        StoredDocument document = Assert.Single(page.Documents);
        Assert.DoesNotContain(secret, document.Key.Row + Encoding.UTF8.GetString(document.Body.Span), StringComparison.Ordinal);
        broker.Clock.Advance(TimeSpan.FromMinutes(11));
        Broker.Must(await MintAsync(broker, web));
        page = await broker.Store.ListAsync("git-passwords", RowRange.All, default);
        Assert.NotEqual(document.Key.Row, Assert.Single(page.Documents).Key.Row);
    }

    private static Task<Result<MintedGitPassword>> MintAsync(Broker broker, Resource resource, Caller? caller = null) =>
        broker.GitPasswords.MintAsync(caller ?? Broker.Alice, resource, Broker.Deploy, IPAddress.Loopback, default);

    private static Task<Result<GitPassword>> CheckAsync(
        Broker broker, MintedGitPassword minted, string resource = "acme/production/web", string login = "deploy", string? id = null, Secret? secret = null, IPAddress? source = null) =>
        broker.GitPasswords.CheckAsync(ResourcePath.Parse(resource), login, id ?? minted.Password.Id, secret ?? minted.Secret, source, default);

    private static async Task<Refusal?> LateAsync(Broker broker, MintedGitPassword minted)
    {
        broker.Clock.Advance(GitPasswordRegistry.MaximumLife);
        return (await CheckAsync(broker, minted)).Refusal;
    }
}
