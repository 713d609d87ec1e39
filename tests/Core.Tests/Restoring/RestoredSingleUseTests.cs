using System.Net;
using System.Text;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Passcodes;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Restoring;
using SshFunctions.Core.Tickets;
using SshFunctions.Core.Webhooks;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Support.Proofs;
using SshFunctions.Support.Store;

namespace SshFunctions.Core.Tests.Restoring;

/// <summary>What counts once and was used after the backup, which the backup can't know, is not taken again.</summary>
[Trait("Proof", "faults")]
public sealed class RestoredSingleUseTests : IAsyncLifetime, IAsyncDisposable
{
    private const int Patience = 60_000;
    private static readonly EnrolledHost Host = Broker.EnrolledHostOf();
    private readonly Broker _lost = new();
    private Broker? _restored;
    private InMemoryStore? _backup;

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _lost.DisposeAsync();
        if (_restored is not null) await _restored.DisposeAsync();
    }

    [Fact(Timeout = Patience)]
    public async Task A_passcode_that_was_redeemed_after_the_backup_or_was_open_opens_nothing()
    {
        Resource web = await _lost.MakeWebAsync();
        await _lost.MakeTakerAsync();
        using Secret used = await MintAsync(web);
        using Secret open = await MintAsync(web);
        BackUp();
        Broker.Must(await RedeemAsync(_lost, used));
        Broker restored = await RestoreAsync();
        Broker.Refused<Refusal.Denied>((await RedeemAsync(restored, used)).Refusal);
        Broker.Refused<Refusal.Denied>((await RedeemAsync(restored, open)).Refusal);
        Assert.All(
            await restored.EventsAsync<Core.Journal.JournalEvent.PasscodeRejected>(), rejected => Assert.Equal("it is revoked", rejected.Reason));
        using Secret fresh = Broker.Must(await restored.Passcodes.MintAsync(Broker.Alice, new PasscodeOrder(web, Broker.Deploy, null, null, null), default)).Secret;
        Broker.Must(await RedeemAsync(restored, fresh));
        Record("passcodes");
    }

    [Fact(Timeout = Patience)]
    public async Task A_single_use_certificate_of_before_opens_no_connection_and_one_of_now_does()
    {
        Resource web = await _lost.MakeWebAsync(withGrant: false);
        Broker.Must(await _lost.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1") with { SingleUse = true }, default));
        SshCertificate certificate = Broker.Must(await _lost.IssueAsync(web)).Certificate;
        BackUp();
        Broker.Must(await SpendAsync(_lost, certificate));
        Broker restored = await RestoreAsync();
        var refused = Broker.Refused<Refusal.Denied>((await SpendAsync(restored, certificate)).Refusal);
        Assert.Contains("restored from a backup", refused.Detail, StringComparison.Ordinal);
        Broker.Must(await SpendAsync(restored, Broker.Must(await restored.IssueAsync(web)).Certificate));
        Record("single-use certificates");
    }

    [Fact(Timeout = Patience)]
    public async Task A_token_that_counts_once_is_taken_only_when_it_was_issued_since()
    {
        await _lost.MakeWebAsync();
        BackUp();
        var before = new SingleUse("https://issuer.example.com", "one", _lost.Now.AddHours(1), _lost.Now);
        Broker.Must(await new SpentTokens(_lost.Store, _lost.Clock).SpendAsync(before, default));
        Broker restored = await RestoreAsync();
        var spent = new SpentTokens(restored.Store, restored.Clock);
        Broker.Refused<Refusal.Unauthenticated>((await spent.SpendAsync(before, default)).Refusal);
        Broker.Refused<Refusal.Unauthenticated>((await spent.SpendAsync(before with { Issued = null }, default)).Refusal);
        var since = before with { Id = "two", Issued = restored.Now.AddMinutes(2) };
        Broker.Must(await spent.SpendAsync(since, default));
        Broker.Refused<Refusal.Unauthenticated>((await spent.SpendAsync(since, default)).Refusal);
        Record("single-use tokens");
    }

    [Fact(Timeout = Patience)]
    public async Task An_enrollment_token_of_before_enrolls_nobody()
    {
        await _lost.MakeWebAsync();
        CreatedEnrollmentToken token = Broker.Must(await _lost.EnrollmentTokens.CreateAsync(Broker.Admin, HostPlace.Parse("acme/production/web"), null, default));
        using Secret secret = token.Secret;
        string text = $"{token.Token.Id}.{secret.Reveal()}";
        BackUp();
        var order = new HostOrder([_lost.ClientKey], "9.2", "web-1");
        Broker.Must(await _lost.Enrollment.EnrollAsync(text, order, default)).Token.Secret.Dispose();
        Broker restored = await RestoreAsync();
        Broker.Refused<Refusal.Unauthenticated>((await restored.Enrollment.EnrollAsync(text, order, default)).Refusal);
        (await restored.EnrollAsync()).Token.Secret.Dispose();
        Record("enrollment tokens");
    }

    [Fact(Timeout = Patience)]
    public async Task A_challenge_of_before_is_not_known_any_more()
    {
        const string Url = "https://broker.example.com";
        string challenge = (await _lost.Challenges.IssueAsync(Url, _lost.ClientKey.Fingerprint, default)).Text;
        Assert.NotNull(await _lost.Challenges.ReadAsync(challenge, Url, default));
        BackUp();
        Broker restored = await RestoreAsync();
        Assert.Null(await restored.Challenges.ReadAsync(challenge, Url, default));
        Record("sign-in challenges");
    }

    [Fact(Timeout = Patience)]
    public async Task A_webhook_that_may_have_been_taken_is_put_off()
    {
        await _lost.MakeWebAsync();
        BackUp();
        DateTimeOffset sent = _lost.Now;
        Broker restored = await RestoreAsync();
        Assert.True(WebhookSecret.TryParse("whsec_" + Convert.ToBase64String(new byte[32]), out WebhookSecret? secret));
        var source = new TicketSource("jira", [secret], TicketSource.UsualTolerance, null!);
        // What takes tickets is never reached.
        var receiver = new TicketReceiver([source], null!, new TicketRefusals(restored.Journal, restored.Clock), restored.Store, restored.Clock);
        foreach (DateTimeOffset time in new[] { sent, restored.Now, restored.Now + TicketSource.UsualTolerance })
        {
            var stamp = new WebhookStamp("one", time);
            byte[] body = Encoding.UTF8.GetBytes("{}");
            string signature = WebhookSignature.Sign(stamp, body, [secret]);
            var refused = Broker.Refused<Refusal.Unavailable>((await receiver.ReceiveAsync("jira", stamp, signature, body, default)).Refusal);
            Assert.Equal(TicketSource.UsualTolerance, refused.RetryAfter);
        }

        Record("webhooks");
    }

    private static void Record(string what) => new ProofFigure("faults", $"used after the backup, shown after its restore: {what}", 1).Record();

    private void BackUp()
    {
        _backup = _lost.Store.Copy();
        _lost.Clock.Advance(TimeSpan.FromSeconds(20));
    }

    private async Task<Broker> RestoreAsync()
    {
        Broker.Must(await new StoreRestorer(_backup!, _lost.Clock, "1.0").RestoreAsync(_lost.Now.AddSeconds(-20), default));
        return _restored = new Broker(_backup!, _lost.Clock, "restored", _lost);
    }

    private async Task<Secret> MintAsync(Resource web) =>
        Broker.Must(await _lost.Passcodes.MintAsync(Broker.Alice, new PasscodeOrder(web, Broker.Deploy, null, null, null), default)).Secret;

    private static Task<Result<Passcode>> RedeemAsync(Broker broker, Secret typed) =>
        broker.Passcodes.RedeemAsync(Broker.CallerOf(Host), Host, typed, Broker.Deploy, IPAddress.Loopback, default);

    private static Task<Result<Core.Journal.JournalPosition>> SpendAsync(Broker broker, SshCertificate certificate) =>
        broker.Spent.SpendAsync(Broker.CallerOf(Host), Host, certificate, Broker.Deploy, "s1", default);
}
