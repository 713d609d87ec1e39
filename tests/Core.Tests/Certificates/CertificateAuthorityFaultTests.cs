using SshFunctions.Core.Callers;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Support.Store;

namespace SshFunctions.Core.Tests.Certificates;

public sealed class CertificateAuthorityFaultTests
{
    private const int Patience = 60_000;

    [Fact(Timeout = Patience)]
    public async Task What_the_linter_refuses_is_never_signed_and_its_serial_is_void()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        Broker.Refused<Refusal.Invalid>((await broker.IssueAsync(web, key: broker.Signer.PublicKey)).Refusal);
        Assert.Equal(0, broker.Signer.SignedCount);
        await AssertVoidAsync(broker);
    }

    [Fact(Timeout = Patience)]
    public async Task A_certificate_whose_entry_fails_is_not_released()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        broker.Store.FailNextCommit();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => broker.IssueAsync(web));
        Assert.Empty(await broker.EventsAsync<JournalEvent.CertificateIssued>());
    }

    [Fact(Timeout = Patience)]
    public async Task A_certificate_whose_entry_may_or_may_not_be_durable_is_not_released_and_its_serial_never_given_again()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        broker.Store.LoseNextAnswer();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => broker.IssueAsync(web));
        ulong lost = (await broker.EntriesAsync()).Single(entry => entry.Event is JournalEvent.CertificateIssued).Position.Serial;
        Assert.NotEqual(lost, Broker.Must(await broker.IssueAsync(web)).Certificate.Content.Serial);
    }

    [Fact(Timeout = Patience)]
    public async Task A_certificate_is_not_released_before_its_entry_is_durable()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        HeldCommit append = broker.Store.HoldNextCommit();
        Task<Result<IssuedCertificate>> issue = broker.IssueAsync(web);
        await append.Reached;
        Assert.Equal(1, broker.Signer.SignedCount);
        Assert.False(issue.IsCompleted);
        append.Release();
        Broker.Must(await issue);
    }

    [Fact(Timeout = Patience)]
    public async Task While_the_store_is_away_nothing_is_signed()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        broker.Store.IsAway = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => broker.IssueAsync(web));
        Assert.Equal(0, broker.Signer.SignedCount);
    }

    [Fact(Timeout = Patience)]
    public async Task While_the_signer_is_away_serials_become_void()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        broker.Signer.IsAway = true;
        await Assert.ThrowsAsync<SignerUnavailableException>(() => broker.IssueAsync(web));
        await AssertVoidAsync(broker);
    }

    [Fact(Timeout = Patience)]
    public async Task A_signer_that_miscalculates_gives_nobody_a_certificate()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        broker.Signer.Miscalculates = true;
        await Assert.ThrowsAsync<SignerUnavailableException>(() => broker.IssueAsync(web));
        await AssertVoidAsync(broker);
    }

    [Fact(Timeout = Patience)]
    public async Task A_signer_that_hangs_is_given_up_after_ten_seconds_and_its_late_answer_is_worth_nothing()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        broker.Signer.Hangs = true;
        Task<Result<IssuedCertificate>> issue = broker.IssueAsync(web);
        await broker.Signer.Reached;
        Assert.True(SpinWait.SpinUntil(() => broker.Clock.WaitingCount == 1, Patience));
        broker.Clock.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        Assert.False(issue.IsCompleted);
        broker.Clock.Advance(TimeSpan.FromTicks(1));
        await Assert.ThrowsAsync<SignerUnavailableException>(() => issue);
        broker.Signer.Release();
        await AssertVoidAsync(broker);
    }

    [Fact(Timeout = Patience)]
    public async Task A_client_that_goes_away_while_its_certificate_is_signed_leaves_a_true_entry()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        broker.Signer.Hangs = true;
        using var client = new CancellationTokenSource();
        Task<Result<IssuedCertificate>> issue = broker.Certificates.IssueAsync(
            Broker.Alice, new UserCertificateOrder(web, Broker.Deploy, broker.ClientKey, null), client.Token);
        await broker.Signer.Reached;
        await client.CancelAsync();
        broker.Signer.Release();
        Broker.Must(await issue);
        Assert.Single(await broker.EventsAsync<JournalEvent.CertificateIssued>());
    }

    [Fact(Timeout = Patience)]
    public async Task A_grant_that_is_removed_between_decision_and_signature_gives_nothing()
    {
        await using var first = new Broker();
        Resource web = await first.MakeWebAsync();
        await using var second = new Broker(first.Store, first.Clock, "two");
        HeldCommit lease = first.Store.HoldNextCommit();
        Task<Result<IssuedCertificate>> issue = second.IssueAsync(web);
        await lease.Reached;
        Broker.Must(await first.Revoker.RemoveGrantAsync(Broker.Admin, Broker.GrantOf("g1"), default));
        lease.Release();
        Broker.Refused<Refusal.Denied>((await issue).Refusal);
        Assert.Equal(0, second.Signer.SignedCount);
        await AssertVoidAsync(second);
    }

    [Theory(Timeout = Patience)]
    [InlineData("its grant")]
    [InlineData("its grant, for another of that name")]
    [InlineData("its key revoked")]
    [InlineData("its subject revoked")]
    public async Task A_certificate_that_was_signed_before_something_was_taken_away_is_not_released(string taken)
    {
        await using var first = new Broker();
        Resource web = await first.MakeWebAsync();
        await using var second = new Broker(first.Store, first.Clock, "two");
        second.Signer.Hangs = true;
        Task<Result<IssuedCertificate>> issue = second.IssueAsync(web);
        await second.Signer.Reached;
        switch (taken)
        {
            case "its key revoked":
                Broker.Must(await first.Revoker.RevokeKeyAsync(Broker.Admin, second.ClientKey.Fingerprint, "stolen", default));
                break;
            case "its subject revoked":
                Broker.Must(await first.Revoker.RevokeSubjectAsync(Broker.Admin, Broker.Alice.Subject, "left", default));
                break;
            default:
                Broker.Must(await first.Revoker.RevokeGrantAsync(Broker.Admin, Broker.GrantOf("g1"), "too wide", default));
                if (taken == "its grant") break;
                Broker.Must(await first.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1") with { MaximumLifetime = TimeSpan.FromMinutes(1) }, default));
                break;
        }

        second.Signer.Release();

        Broker.Refused<Refusal.Denied>((await issue).Refusal);
        JournalEntry issued = (await first.EntriesAsync()).Single(entry => entry.Event is JournalEvent.CertificateIssued);
        Assert.Equal(issued.Position.Serial, Assert.Single(await first.EventsAsync<JournalEvent.ActionFailed>()).Failed);
    }

    private static async Task AssertVoidAsync(Broker broker)
    {
        // The void entry is written without anybody waiting for it; the next one is durable after it.
        await broker.Journal.AppendAsync(Caller.System, new JournalEvent.PrivateKeyReceived(null), default);
        Assert.Empty(await broker.EventsAsync<JournalEvent.CertificateIssued>());
        Assert.Single(await broker.EventsAsync<JournalEvent.EntryVoid>());
    }
}
