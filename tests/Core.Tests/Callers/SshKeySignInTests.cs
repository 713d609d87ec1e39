using System.Text;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Revocations;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Signatures;

namespace SshFunctions.Core.Tests.Callers;

public sealed class SshKeySignInTests : IDisposable
{
    private const int Patience = 60_000;
    private const string Url = "https://broker.example.com";
    private readonly SshPrivateKey _key = SshPrivateKey.GenerateEcdsa(256);

    public void Dispose() => _key.Dispose();

    [Fact(Timeout = Patience)]
    public async Task A_signature_of_a_registered_key_buys_its_owner_a_token_of_eight_hours()
    {
        await using var broker = new Broker();
        await RegisterAsync(broker);
        CreatedAccessToken created = Broker.Must(await SignInAsync(broker));
        Caller caller = Broker.Must(await broker.Tokens.AuthenticateAsync(created.Token.Id, created.Secret, null, default));
        Assert.Equal((CallerKind.Person, Broker.Alice.Subject, broker.Now.AddHours(8)), (caller.Kind, caller.Subject, caller.Expires));
        Assert.Empty(caller.Groups);
        JournalEvent.SignedIn entry = Assert.Single(await broker.EventsAsync<JournalEvent.SignedIn>());
        Assert.Equal((_key.PublicKey.Fingerprint.ToString(), created.Token.Id), (entry.SshKey, entry.Token));
        Assert.Empty(await broker.EventsAsync<JournalEvent.TokenCreated>());
    }

    [Fact(Timeout = Patience)]
    public async Task The_token_ends_with_a_key_that_ends_before()
    {
        await using var broker = new Broker();
        await RegisterAsync(broker, expires: broker.Now.AddHours(1));
        Assert.Equal(broker.Now.AddHours(1), Broker.Must(await SignInAsync(broker)).Token.Expires);
    }

    [Fact(Timeout = Patience)]
    public async Task An_unknown_key_a_wrong_signature_and_a_spent_challenge_are_refused_in_the_same_words()
    {
        await using var broker = new Broker();
        Refusal? ofUnknown = (await SignInAsync(broker)).Refusal;
        Broker.Refused<Refusal.Unauthenticated>(ofUnknown);
        await RegisterAsync(broker);
        using SshPrivateKey other = SshPrivateKey.GenerateEcdsa(256);
        IssuedChallenge challenge = await ChallengeAsync(broker);
        Assert.Equal(ofUnknown, (await AnswerAsync(broker, challenge.Text, Sign(challenge.Text, other))).Refusal);
        Assert.Equal(ofUnknown, (await AnswerAsync(broker, challenge.Text, Sign(challenge.Text + " ", _key))).Refusal);
        Assert.Equal(ofUnknown, (await AnswerAsync(broker, challenge.Text, SshSig.Sign(_key, "file", Encoding.UTF8.GetBytes(challenge.Text)))).Refusal);
        Assert.Equal(ofUnknown, (await AnswerAsync(broker, challenge.Text, "")).Refusal);
        Assert.Equal(ofUnknown, (await AnswerAsync(broker, challenge.Text, new string('a', 100_000))).Refusal);
        // None of these has spent it.
        Broker.Must(await AnswerAsync(broker, challenge.Text, Sign(challenge.Text, _key)));
        Assert.Equal(ofUnknown, (await AnswerAsync(broker, challenge.Text, Sign(challenge.Text, _key))).Refusal);
        Assert.Empty(await broker.EventsAsync<JournalEvent.SignInRefused>());
    }

    [Fact(Timeout = Patience)]
    public async Task A_challenge_is_good_for_a_minute_and_its_trace_is_gone_afterwards()
    {
        await using var broker = new Broker();
        await RegisterAsync(broker);
        IssuedChallenge late = await ChallengeAsync(broker);
        Broker.Must(await SignInAsync(broker));
        broker.Clock.Advance(SignInChallenges.Life);
        Broker.Refused<Refusal.Unauthenticated>((await AnswerAsync(broker, late.Text, Sign(late.Text, _key))).Refusal);
        broker.Clock.Advance(TimeSpan.FromSeconds(1));
        Broker.Must(await SignInAsync(broker));
        DocumentPage page = await broker.Store.ListAsync("sign-ins", RowRange.StartingWith("c:"), default);
        Assert.Single(page.Documents);
    }

    [Fact(Timeout = Patience)]
    public async Task A_challenge_that_was_changed_or_made_by_another_is_none()
    {
        await using var broker = new Broker();
        await using var other = new Broker();
        await RegisterAsync(broker);
        string text = (await ChallengeAsync(broker)).Text;
        string expiry = text.Split('\n')[4];
        string[] forged =
        [
            "", "\n\n\n\n\n", text + "\n", text[..^1],
            text.Replace(expiry, "expires 2099-01-31T00:00:00Z", StringComparison.Ordinal),
            text.Replace("broker.example.com", "evil.example.com", StringComparison.Ordinal),
            (await ChallengeAsync(other)).Text,
        ];
        foreach (string each in forged)
            Broker.Refused<Refusal.Unauthenticated>((await AnswerAsync(broker, each, Sign(each, _key))).Refusal);
        Broker.Refused<Refusal.Unauthenticated>(
            (await broker.SignIn.SignInAsync("https://other.example.com", text, Sign(text, _key), default)).Refusal);
        Broker.Must(await AnswerAsync(broker, text, Sign(text, _key)));
    }

    [Fact(Timeout = Patience)]
    public async Task A_challenge_survives_a_restart_and_is_spent_over_instances()
    {
        await using var broker = new Broker();
        await using var second = new Broker(broker.Store, broker.Clock, "two");
        await RegisterAsync(broker);
        string text = (await ChallengeAsync(broker)).Text;
        Broker.Must(await AnswerAsync(second, text, Sign(text, _key)));
        Broker.Refused<Refusal.Unauthenticated>((await AnswerAsync(broker, text, Sign(text, _key))).Refusal);
    }

    [Fact(Timeout = Patience)]
    public async Task The_holder_of_a_key_that_does_not_count_is_told_why_and_recorded()
    {
        await using var broker = new Broker();
        await RegisterAsync(broker, Holder.Parse("group=ops"));
        await RefusedAsync(broker, "belongs to group=ops");
        RegisteredKey key = await FindAsync(broker);
        Broker.Must(await broker.Keys.RemoveAsync(Broker.Admin, key, default));

        await RegisterAsync(broker, expires: broker.Now.AddMinutes(1));
        broker.Clock.Advance(TimeSpan.FromMinutes(1));
        await RefusedAsync(broker, "expired at");
        Broker.Must(await broker.Keys.RemoveAsync(Broker.Admin, await FindAsync(broker), default));

        await RegisterAsync(broker);
        await RevokeAsync(broker, RevocationKind.Subject, "alice");
        await RefusedAsync(broker, "alice is revoked: lost");
        await RevokeAsync(broker, RevocationKind.Key, _key.PublicKey.Fingerprint.ToString());
        await RefusedAsync(broker, "is revoked: lost");
        Assert.Equal(4, (await broker.EventsAsync<JournalEvent.SignInRefused>()).Length);
    }

    [Theory(Timeout = Patience)]
    [InlineData(CallerKind.Service, false)]
    [InlineData(CallerKind.Person, true)]
    public async Task A_key_that_a_service_or_a_bound_token_registered_sheds_no_limit(CallerKind kind, bool isBound)
    {
        await using var broker = new Broker();
        Caller limited = Broker.Alice with { Kind = kind, IsBound = isBound };
        Broker.Must(await broker.Keys.RegisterAsync(limited, Holder.Of(limited.Subject), "laptop", _key.PublicKey, null, default));
        await RefusedAsync(broker, "nobody signs in with it");
    }

    [Theory(Timeout = Patience)]
    [InlineData("removed")]
    [InlineData("expired")]
    [InlineData("revoked")]
    [InlineData("of another")]
    public async Task The_token_and_what_it_made_die_with_the_key(string how)
    {
        await using var broker = new Broker();
        await RegisterAsync(broker, expires: broker.Now.AddHours(9));
        CreatedAccessToken created = Broker.Must(await SignInAsync(broker));
        Caller caller = Broker.Must(await broker.Tokens.AuthenticateAsync(created.Token.Id, created.Secret, null, default));
        var order = new AccessTokenOrder("ci", CallerKind.Person, caller.Subject, [], broker.Now.AddDays(9));
        CreatedAccessToken child = Broker.Must(await broker.Tokens.CreateAsync(caller, order, default));

        if (how == "expired") broker.Clock.Advance(TimeSpan.FromHours(9));
        else if (how == "revoked") await RevokeAsync(broker, RevocationKind.Key, _key.PublicKey.Fingerprint.ToString());
        else Broker.Must(await broker.Keys.RemoveAsync(Broker.Admin, await FindAsync(broker), default));
        if (how == "of another") await RegisterAsync(broker, Holder.Parse("subject=bob"));

        foreach (CreatedAccessToken each in (CreatedAccessToken[])[created, child])
            Broker.Refused<Refusal.Unauthenticated>((await broker.Tokens.AuthenticateAsync(each.Token.Id, each.Secret, null, default)).Refusal);
    }

    [Fact(Timeout = Patience)]
    public async Task Sign_ins_that_ended_do_not_pile_up()
    {
        await using var broker = new Broker();
        await RegisterAsync(broker);
        for (int day = 0; day < 5; day++)
        {
            Broker.Must(await SignInAsync(broker));
            broker.Clock.Advance(TimeSpan.FromDays(1));
        }

        Broker.Must(await SignInAsync(broker));
        Assert.Single(await broker.Tokens.ListAsync(Broker.Alice.Subject, null, default).ToListAsync());
    }

    private static string Sign(string text, SshPrivateKey key) => SshSig.Sign(key, SshKeySignIn.Namespace, Encoding.UTF8.GetBytes(text));

    private static Task<Result<CreatedAccessToken>> AnswerAsync(Broker broker, string challenge, string signature) =>
        broker.SignIn.SignInAsync(Url, challenge, signature, default);

    private static async Task RevokeAsync(Broker broker, RevocationKind kind, string target) =>
        Broker.Must(await broker.Revocations.RevokeAsync(Broker.Admin, [new Revocation(kind, target, "lost", Broker.Admin.Subject, broker.Now, null)], "lost", default));

    private Task<IssuedChallenge> ChallengeAsync(Broker broker) => broker.Challenges.IssueAsync(Url, _key.PublicKey.Fingerprint, default);

    private async Task<Result<CreatedAccessToken>> SignInAsync(Broker broker)
    {
        IssuedChallenge challenge = await ChallengeAsync(broker);
        return await AnswerAsync(broker, challenge.Text, Sign(challenge.Text, _key));
    }

    private async Task RefusedAsync(Broker broker, string reason) =>
        Assert.Contains(reason, Broker.Refused<Refusal.Denied>((await SignInAsync(broker)).Refusal).Detail, StringComparison.Ordinal);

    private async Task RegisterAsync(Broker broker, Holder? owner = null, DateTimeOffset? expires = null) => Broker.Must(
        await broker.Keys.RegisterAsync(Broker.Alice, owner ?? Holder.Of(Broker.Alice.Subject), "laptop", _key.PublicKey, expires, default));

    private async Task<RegisteredKey> FindAsync(Broker broker) =>
        (await broker.Keys.FindAsync(KeyRegistry.IdOf(_key.PublicKey.Fingerprint), default))!;
}
