using System.Collections.Immutable;
using System.Net;
using System.Text;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Passcodes;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Support.Store;

namespace SshFunctions.Core.Tests.Passcodes;

public sealed class PasscodeRedemptionTests
{
    private const int Patience = 60_000;
    private static readonly IPAddress Office = IPAddress.Parse("192.0.2.7");
    private static readonly IPAddress Elsewhere = IPAddress.Parse("198.51.100.9");
    private static readonly EnrolledHost Host = Broker.EnrolledHostOf();

    [Fact(Timeout = Patience)]
    public async Task A_passcode_opens_one_login_once_and_both_ends_are_recorded()
    {
        await using var broker = new Broker();
        MintedPasscode minted = await MintAsync(broker, await broker.MakeWebAsync());
        Passcode opened = Broker.Must(await RedeemAsync(broker, minted));
        Assert.Equal((minted.Passcode.Serial, Broker.Alice.Subject, Host.Id), (opened.Serial, opened.Subject, opened.RedeemedBy!.Value));
        Broker.Refused<Refusal.Denied>((await RedeemAsync(broker, minted)).Refusal);

        JournalEntry issued = Assert.Single(await broker.EntriesAsync(), entry => entry.Event is JournalEvent.PasscodeIssued);
        Assert.Equal(minted.Passcode.Serial, issued.Position.Serial);
        JournalEvent.PasscodeRedeemed redeemed = Assert.Single(await broker.EventsAsync<JournalEvent.PasscodeRedeemed>());
        Assert.Equal((minted.Passcode.Serial, Host.Id, Office.ToString()), (redeemed.Passcode, redeemed.Host, redeemed.Source));
        Assert.Equal("it was used already", Assert.Single(await broker.EventsAsync<JournalEvent.PasscodeRejected>()).Reason);
    }

    [Fact(Timeout = Patience)]
    public async Task Whatever_is_wrong_is_refused_in_the_same_words_recorded_with_its_cause_and_burns_nothing()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        Broker.Must(await broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf("acme/production/db", "db.example.com"), default));
        MintedPasscode minted = await MintAsync(broker, web, instance: 3, source: Office);
        Refusal?[] refusals =
        [
            (await RedeemAsync(broker, minted, login: "root")).Refusal,
            (await RedeemAsync(broker, minted, host: Broker.EnrolledHostOf("acme/production/db"))).Refusal,
            (await RedeemAsync(broker, minted, host: Broker.EnrolledHostOf(instance: 4))).Refusal,
            (await RedeemAsync(broker, minted, source: Elsewhere)).Refusal,
            (await RedeemAsync(broker, minted, noSource: true)).Refusal,
            (await RedeemAsync(broker, minted, typed: "0000-0000-0000")).Refusal,
            (await RedeemAsync(broker, minted, typed: "hunter2")).Refusal,
        ];
        Assert.Single(refusals.Distinct());
        Broker.Refused<Refusal.Denied>(refusals[0]);
        Assert.Equal(
            [
                "it is for login deploy", "there is no such passcode for this resource", "it is for instance 3, not 4",
                "it is for a client at 192.0.2.7", "it is for a client at 192.0.2.7", "there is no such passcode for this resource",
                "it has not the form of a passcode",
            ],
            (await broker.EventsAsync<JournalEvent.PasscodeRejected>()).Select(rejected => rejected.Reason));
        Broker.Must(await RedeemAsync(broker, minted, host: Broker.EnrolledHostOf(instance: 3)));
    }

    [Theory(Timeout = Patience)]
    [InlineData("expired")]
    [InlineData("switched off")]
    [InlineData("grant removed")]
    [InlineData("grant removed while another holds")]
    [InlineData("grant revoked and made again")]
    [InlineData("subject revoked and forgiven")]
    [InlineData("serial revoked")]
    [InlineData("resource forces a command")]
    public async Task A_passcode_dies_at_once_when(string what)
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        MintedPasscode minted = await MintAsync(broker, web);
        Grant grant = (await broker.Grants.FindAsync(GrantId.Parse("g1"), default))!;
        if (what == "expired") broker.Clock.Advance(PasscodeRegistry.DefaultLife);
        if (what == "switched off") Broker.Must(await broker.Tree.PutResourceAsync(Broker.Admin, web with { SshSwitch = SshSwitch.Disabled }, default));
        if (what.Contains("another", StringComparison.Ordinal)) Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g2"), default));
        if (what.StartsWith("grant removed", StringComparison.Ordinal)) Broker.Must(await broker.Revoker.RemoveGrantAsync(Broker.Admin, grant, default));
        if (what.Contains("made again", StringComparison.Ordinal))
        {
            Broker.Must(await broker.Revoker.RevokeGrantAsync(Broker.Admin, grant, "leaked", default));
            Broker.Must(await broker.Grants.PutAsync(Broker.Admin, grant, default));
        }

        if (what.Contains("forgiven", StringComparison.Ordinal))
        {
            Broker.Must(await broker.Revoker.RevokeSubjectAsync(Broker.Admin, Broker.Alice.Subject, "lost", default));
            Broker.Must(await broker.Revocations.LiftAsync(Broker.Admin, "subject:alice", default));
        }

        if (what == "serial revoked") Broker.Must(await broker.Revoker.RevokeSerialAsync(Broker.Admin, minted.Passcode.Serial, "leaked", default));
        if (what == "resource forces a command")
        {
            Broker.Must(await broker.Tree.PutResourceAsync(
                Broker.Admin, web with { LoginCommand = ForcedCommand.Parse("/bin/menu"), ForceLoginCommand = true }, default));
        }

        Broker.Refused<Refusal.Denied>((await RedeemAsync(broker, minted)).Refusal);
        Assert.NotEmpty(Assert.Single(await broker.EventsAsync<JournalEvent.PasscodeRejected>()).Reason);
    }

    [Fact(Timeout = Patience)]
    public async Task A_grant_that_names_addresses_lets_a_passcode_in_from_there_alone()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync(withGrant: false);
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1") with { SourceAddresses = [SourceRange.Parse("192.0.2.0/24")] }, default));
        MintedPasscode minted = await MintAsync(broker, web);
        Broker.Refused<Refusal.Denied>((await RedeemAsync(broker, minted, noSource: true)).Refusal);
        Broker.Refused<Refusal.Denied>((await RedeemAsync(broker, minted, source: Elsewhere)).Refusal);
        Broker.Must(await RedeemAsync(broker, minted, source: IPAddress.Parse("::ffff:192.0.2.7")));
    }

    [Fact(Timeout = Patience)]
    public async Task Five_wrong_codes_lock_the_login_for_that_source_alone_longer_each_time()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        MintedPasscode minted = await MintAsync(broker, web, life: PasscodeRegistry.MaximumLife);
        await GuessAsync(broker, minted, 5);
        Broker.Refused<Refusal.Denied>((await RedeemAsync(broker, minted)).Refusal);
        Assert.Contains("locked until", (await broker.EventsAsync<JournalEvent.PasscodeRejected>())[^1].Reason, StringComparison.Ordinal);
        await GuessAsync(broker, minted, 7);
        Assert.Equal(6, (await broker.EventsAsync<JournalEvent.PasscodeRejected>()).Length);
        broker.Clock.Advance(TimeSpan.FromSeconds(61));
        await GuessAsync(broker, minted, 7);
        Assert.Equal(12, (await broker.EventsAsync<JournalEvent.PasscodeRejected>()).Length);
        broker.Clock.Advance(TimeSpan.FromSeconds(61));
        Broker.Refused<Refusal.Denied>((await RedeemAsync(broker, minted)).Refusal);
        MintedPasscode other = await MintAsync(broker, web);
        Broker.Must(await RedeemAsync(broker, other, source: Elsewhere));
        broker.Clock.Advance(TimeSpan.FromSeconds(60));
        Broker.Must(await RedeemAsync(broker, minted));
    }

    [Fact(Timeout = Patience)]
    public async Task A_hundred_wrong_codes_from_many_sources_lock_the_login_on_that_host_alone()
    {
        await using var broker = new Broker();
        MintedPasscode minted = await MintAsync(broker, await broker.MakeWebAsync());
        for (int guess = 0; guess < 100; guess++)
            await RedeemAsync(broker, minted, typed: "0000-0000-0000", source: new IPAddress([203, 0, 113, (byte)(guess / 4)]));
        Broker.Refused<Refusal.Denied>((await RedeemAsync(broker, minted)).Refusal);
        Broker.Must(await RedeemAsync(broker, minted, host: Broker.EnrolledHostOf()));
    }

    [Fact(Timeout = Patience)]
    public async Task All_addresses_of_one_ipv6_network_are_one_source()
    {
        await using var broker = new Broker();
        MintedPasscode minted = await MintAsync(broker, await broker.MakeWebAsync());
        for (int guess = 0; guess < 5; guess++)
            await RedeemAsync(broker, minted, typed: "0000-0000-0000", source: IPAddress.Parse($"2001:db8:1:2::{guess + 1}"));
        Broker.Refused<Refusal.Denied>((await RedeemAsync(broker, minted, source: IPAddress.Parse("2001:db8:1:2::99"))).Refusal);
        Broker.Must(await RedeemAsync(broker, minted, source: IPAddress.Parse("2001:db8:1:3::99")));
    }

    [Fact(Timeout = Patience)]
    public async Task A_wrong_code_that_cannot_be_counted_is_not_answered()
    {
        await using var broker = new Broker();
        MintedPasscode minted = await MintAsync(broker, await broker.MakeWebAsync());
        broker.Store.FailNextCommit();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => RedeemAsync(broker, minted, typed: "0000-0000-0000"));
    }

    [Fact(Timeout = Patience)]
    public async Task A_redemption_that_cannot_be_recorded_is_refused_and_burns_the_passcode()
    {
        await using var broker = new Broker();
        MintedPasscode minted = await MintAsync(broker, await broker.MakeWebAsync());
        HeldCommit claim = broker.Store.HoldNextCommit();
        Task<Result<Passcode>> redemption = RedeemAsync(broker, minted);
        await claim.Reached;
        broker.Store.FailNextCommit();
        claim.Release();
        Broker.Refused<Refusal.Unavailable>((await redemption).Refusal);
        Broker.Refused<Refusal.Denied>((await RedeemAsync(broker, minted)).Refusal);
        Assert.Empty(await broker.EventsAsync<JournalEvent.PasscodeRedeemed>());
    }

    [Fact(Timeout = Patience)]
    public async Task The_passcode_is_nowhere_in_the_store_nor_is_its_hash_in_the_journal()
    {
        await using var broker = new Broker();
        MintedPasscode minted = await MintAsync(broker, await broker.MakeWebAsync());
        string passcode = minted.Secret.Reveal();
        PasscodeText.TryHash(Broker.Web, minted.Secret, out string? hash);
        await RedeemAsync(broker, minted, login: "root");
        Broker.Must(await RedeemAsync(broker, minted));
        DocumentPage page = await broker.Store.ListAsync("passcodes", RowRange.All, default);
        Assert.All(page.Documents, document => Assert.DoesNotContain(passcode, TextOf(document), StringComparison.Ordinal));
        ImmutableArray<JournalEntry> entries = await broker.EntriesAsync();
        Assert.All(entries, entry => Assert.DoesNotContain(passcode, Encoding.UTF8.GetString(entry.Encoded.Span), StringComparison.Ordinal));
        Assert.All(entries, entry => Assert.DoesNotContain(hash!, Encoding.UTF8.GetString(entry.Encoded.Span), StringComparison.Ordinal));
    }

    private static string TextOf(StoredDocument document) => document.Key.Row + Encoding.UTF8.GetString(document.Body.Span);

    private static async Task GuessAsync(Broker broker, MintedPasscode minted, int count)
    {
        for (int guess = 0; guess < count; guess++) await RedeemAsync(broker, minted, typed: "0000-0000-0000");
    }

    private static async Task<MintedPasscode> MintAsync(
        Broker broker, Resource resource, int? instance = null, IPAddress? source = null, TimeSpan? life = null)
    {
        await broker.MakeTakerAsync(resource.Path);
        if (instance is not null) resource = resource with { Hosts = [new ResourceHost(HostAddress.Parse("web.example.com:22"), Instance: instance)] };
        return Broker.Must(await broker.Passcodes.MintAsync(Broker.Alice, new PasscodeOrder(resource, Broker.Deploy, instance, source, life), default));
    }

    private static async Task<Result<Passcode>> RedeemAsync(
        Broker broker, MintedPasscode minted, string? typed = null, string login = "deploy", EnrolledHost? host = null, IPAddress? source = null, bool noSource = false)
    {
        using Secret secret = Secret.Of(typed ?? minted.Secret.Reveal());
        EnrolledHost at = host ?? Host;
        return await broker.Passcodes.RedeemAsync(Broker.CallerOf(at), at, secret, Login.Parse(login), noSource ? null : source ?? Office, default);
    }
}
