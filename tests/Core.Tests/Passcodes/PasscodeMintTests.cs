using System.Net;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Passcodes;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;

namespace SshFunctions.Core.Tests.Passcodes;

public sealed class PasscodeMintTests
{
    private const int Patience = 60_000;

    [Fact(Timeout = Patience)]
    public async Task Lives_five_minutes_or_as_wished_and_never_beyond_grant_or_token()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        Assert.Equal(broker.Now.AddMinutes(5), Broker.Must(await MintAsync(broker, web)).Passcode.Expires);
        Assert.Equal(broker.Now.AddSeconds(900), Broker.Must(await MintAsync(broker, web, life: 900)).Passcode.Expires);
        Broker.Refused<Refusal.Invalid>((await MintAsync(broker, web, life: 901)).Refusal);
        Broker.Refused<Refusal.Invalid>((await MintAsync(broker, web, life: 29)).Refusal);
        Caller brief = Broker.Alice with { Expires = broker.Now.AddMinutes(1) };
        Assert.Equal(broker.Now.AddMinutes(1), Broker.Must(await MintAsync(broker, web, brief)).Passcode.Expires);
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1") with { NotAfter = broker.Now.AddMinutes(2) }, default));
        Assert.Equal(broker.Now.AddMinutes(2), Broker.Must(await MintAsync(broker, web)).Passcode.Expires);
        broker.Clock.Advance(TimeSpan.FromSeconds(100));
        Assert.Contains("too short", Broker.Refused<Refusal.Denied>((await MintAsync(broker, web)).Refusal).Detail, StringComparison.Ordinal);
    }

    [Theory(Timeout = Patience)]
    [InlineData("a service", "for people")]
    [InlineData("a folder", "file transfer in pub alone")]
    [InlineData("no terminal", "no terminal")]
    [InlineData("a forced command", "one command alone")]
    [InlineData("a git host", "git host")]
    [InlineData("no grant", "no grant")]
    [InlineData("a source outside of the grant", "other addresses")]
    public async Task Is_refused_and_recorded_for(string what, string reason)
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync(withGrant: false);
        Grant grant = Broker.GrantOf("g1");
        if (what == "a folder") grant = grant with { SftpFolder = SftpFolder.Parse("pub") };
        if (what == "no terminal") grant = grant with { Permissions = [Permission.PortForwarding] };
        if (what == "a source outside of the grant") grant = grant with { SourceAddresses = [SourceRange.Parse("10.0.0.0/8")] };
        if (what != "no grant") Broker.Must(await broker.Grants.PutAsync(Broker.Admin, grant, default));
        if (what == "a forced command") web = web with { LoginCommand = ForcedCommand.Parse("/bin/menu"), ForceLoginCommand = true };
        if (what == "a git host") web = web with { Profile = CertificateProfileName.Gitea, Account = AccountTemplate.Parse("bot") };
        Caller caller = what == "a service" ? Broker.Alice with { Kind = CallerKind.Service } : Broker.Alice;
        Refusal.Denied refused = Broker.Refused<Refusal.Denied>((await MintAsync(broker, web, caller, source: IPAddress.Parse("192.0.2.7"))).Refusal);
        Assert.Contains(reason, refused.Detail, StringComparison.Ordinal);
        Assert.Equal(refused.Detail, Assert.Single(await broker.EventsAsync<JournalEvent.PasscodeRefused>()).Reason);
    }

    [Fact(Timeout = Patience)]
    public async Task A_grant_that_a_passcode_can_be_held_to_stands_in_for_one_that_it_can_not()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g0") with { Permissions = [Permission.PortForwarding, Permission.UserRc] }, default));
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1") with { SingleUse = true }, default));
        Assert.Equal("g1", Broker.Must(await MintAsync(broker, web)).Passcode.Grant.Text);
    }

    [Fact(Timeout = Patience)]
    public async Task Twenty_live_ones_are_all_a_subject_gets_until_one_is_used_or_expires()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        MintedPasscode first = Broker.Must(await MintAsync(broker, web));
        for (int count = 1; count < PasscodeRegistry.MaximumLiveCount; count++) Broker.Must(await MintAsync(broker, web));
        Broker.Refused<Refusal.Conflict>((await MintAsync(broker, web)).Refusal);
        var host = Broker.EnrolledHostOf();
        Broker.Must(await broker.Passcodes.RedeemAsync(Broker.CallerOf(host), host, first.Secret, Broker.Deploy, null, default));
        Broker.Must(await MintAsync(broker, web));
        broker.Clock.Advance(PasscodeRegistry.DefaultLife);
        Broker.Must(await MintAsync(broker, web));
    }

    [Fact(Timeout = Patience)]
    public async Task What_ended_long_ago_is_forgotten()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        for (int count = 0; count < 5; count++) Broker.Must(await MintAsync(broker, web));
        broker.Clock.Advance(TimeSpan.FromHours(1));
        Broker.Must(await MintAsync(broker, web));
        DocumentPage page = await broker.Store.ListAsync("passcodes", RowRange.All, default);
        Assert.Equal(3, page.Documents.Count);
    }

    [Fact(Timeout = Patience)]
    public async Task A_revoked_grant_puts_the_serials_of_its_passcodes_on_the_list_used_or_not_for_a_day()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        MintedPasscode used = Broker.Must(await MintAsync(broker, web));
        var host = Broker.EnrolledHostOf();
        Broker.Must(await broker.Passcodes.RedeemAsync(Broker.CallerOf(host), host, used.Secret, Broker.Deploy, null, default));
        DateTimeOffset issued = broker.Now;
        broker.Clock.Advance(TimeSpan.FromHours(23));
        MintedPasscode unused = Broker.Must(await MintAsync(broker, web));
        Grant grant = (await broker.Grants.FindAsync(GrantId.Parse("g1"), default))!;
        RevokedAccess revoked = Broker.Must(await broker.Revoker.RevokeGrantAsync(Broker.Admin, grant, "leaked", default));
        Assert.Equal([$"serial:{used.Passcode.Serial}", $"serial:{unused.Passcode.Serial}"], revoked.Revocations.Select(revocation => revocation.Id).Order());
        Assert.Equal(issued.AddHours(24), revoked.Revocations.Single(revocation => revocation.Target == $"{used.Passcode.Serial}").Expires);
    }

    [Fact(Timeout = Patience)]
    public async Task Is_minted_only_where_an_enrolled_host_takes_it_and_names_the_port()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        var order = new PasscodeOrder(web, Broker.Deploy, null, null, null);
        async Task<Result<MintedPasscode>> TryAsync() => await broker.Passcodes.MintAsync(Broker.Alice, order, default);
        Assert.Contains("no enrolled host", Broker.Refused<Refusal.Conflict>((await TryAsync()).Refusal).Detail, StringComparison.Ordinal);
        EnrolledHost host = Broker.EnrolledHostOf();
        Assert.True(await broker.Hosts.TryInsertAsync(host, default));
        Assert.Null(Broker.Must(await TryAsync()).Port);

        var state = new HostState(broker.Now, 1, 1, "9.2", "1.0");
        await broker.Hosts.ChangeAsync(host.Id, current => current with { State = state }, default);
        Refusal.Conflict refused = Broker.Refused<Refusal.Conflict>((await TryAsync()).Refusal);
        Assert.Contains("--passcodes", refused.Fix, StringComparison.Ordinal);
        Assert.Equal(refused.Detail, (await broker.EventsAsync<JournalEvent.PasscodeRefused>())[^1].Reason);

        await broker.Hosts.ChangeAsync(host.Id, current => current with { State = state with { Passcodes = true, PasscodePort = 2022 } }, default);
        Assert.Equal(2022, Broker.Must(await TryAsync()).Port);
    }

    [Fact(Timeout = Patience)]
    public async Task An_instance_that_the_resource_has_not_is_refused()
    {
        await using var broker = new Broker();
        Resource web = (await broker.MakeWebAsync()) with { Hosts = [new ResourceHost(HostAddress.Parse("web.example.com:22"), Instance: 2)] };
        await broker.MakeTakerAsync();
        async Task<Result<MintedPasscode>> TryAsync(int instance) =>
            await broker.Passcodes.MintAsync(Broker.Alice, new PasscodeOrder(web, Broker.Deploy, instance, null, null), default);
        Assert.Equal("instance", Broker.Refused<Refusal.Invalid>((await TryAsync(3)).Refusal).Field);
        Broker.Must(await TryAsync(2));
    }

    private static async Task<Result<MintedPasscode>> MintAsync(
        Broker broker, Resource resource, Caller? caller = null, int? life = null, IPAddress? source = null)
    {
        await broker.MakeTakerAsync(resource.Path);
        return await broker.Passcodes.MintAsync(
            caller ?? Broker.Alice,
            new PasscodeOrder(resource, Broker.Deploy, null, source, life is { } seconds ? TimeSpan.FromSeconds(seconds) : null),
            default);
    }
}
