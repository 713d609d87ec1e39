using System.Net;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Tests.Callers;

public sealed class AccessTokenRotationTests
{
    private const int Patience = 60_000;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact(Timeout = Patience)]
    public async Task Both_tokens_are_good_until_the_overlap_ends()
    {
        await using var broker = new Broker();
        CreatedAccessToken old = await CreateAsync(broker);
        CreatedAccessToken successor = Broker.Must(
            await broker.Tokens.RotateAsync(Broker.Admin, old.Token, broker.Now.AddDays(30), Hour, default));
        Assert.NotEqual(old.Secret.Reveal(), successor.Secret.Reveal());
        broker.Clock.Advance(Hour - TimeSpan.FromTicks(1));
        Caller before = Broker.Must(await broker.Tokens.AuthenticateAsync(old.Token.Id, old.Secret, IPAddress.Loopback, default));
        broker.Clock.Advance(TimeSpan.FromTicks(1));
        Broker.Refused<Refusal.Unauthenticated>(
            (await broker.Tokens.AuthenticateAsync(old.Token.Id, old.Secret, IPAddress.Loopback, default)).Refusal);
        Caller after = Broker.Must(await broker.Tokens.AuthenticateAsync(successor.Token.Id, successor.Secret, IPAddress.Loopback, default));
        Assert.Equal((before.Kind, before.Subject, before.UserName), (after.Kind, after.Subject, after.UserName));
        Assert.Equal(before.Groups.AsEnumerable(), after.Groups);
        Assert.Equal(old.Token.SourceAddresses!.Value.AsEnumerable(), successor.Token.SourceAddresses!.Value);
        JournalEvent.TokenRotated entry = Assert.Single(await broker.EventsAsync<JournalEvent.TokenRotated>());
        Assert.Equal((old.Token.Id, successor.Token.Id, old.Token.Created + Hour), (entry.Id, entry.Successor, entry.Until));
        Assert.Equal(
            [old.Token.Created, null],
            (await broker.Tokens.ListAsync(old.Token.Subject, null, default).ToListAsync()).OrderBy(token => token.Rotated is null).Select(token => token.Rotated));
    }

    [Fact(Timeout = Patience)]
    public async Task An_overlap_of_nothing_ends_the_old_token_at_once_and_a_long_one_gives_it_no_longer_life()
    {
        await using var broker = new Broker();
        CreatedAccessToken first = await CreateAsync(broker);
        Broker.Must(await broker.Tokens.RotateAsync(Broker.Admin, first.Token, broker.Now.AddDays(30), TimeSpan.Zero, default));
        Broker.Refused<Refusal.Unauthenticated>(
            (await broker.Tokens.AuthenticateAsync(first.Token.Id, first.Secret, IPAddress.Loopback, default)).Refusal);
        CreatedAccessToken second = await CreateAsync(broker);
        Broker.Must(await broker.Tokens.RotateAsync(Broker.Admin, second.Token, broker.Now.AddDays(60), AccessTokenRegistry.MaximumOverlap, default));
        Assert.Equal(second.Token.Expires, (await broker.Tokens.FindAsync(second.Token.Id, default))!.Expires);
    }

    [Fact(Timeout = Patience)]
    public async Task A_token_is_rotated_once_while_it_holds_and_within_bounds()
    {
        await using var broker = new Broker();
        CreatedAccessToken old = await CreateAsync(broker);
        async Task<Refusal?> TryAsync(TimeSpan overlap, TimeSpan life) =>
            (await broker.Tokens.RotateAsync(Broker.Admin, old.Token, broker.Now + life, overlap, default)).Refusal;

        Assert.Equal("overlapSeconds", Broker.Refused<Refusal.Invalid>(await TryAsync(-Hour, Hour)).Field);
        Assert.Equal("overlapSeconds", Broker.Refused<Refusal.Invalid>(await TryAsync(AccessTokenRegistry.MaximumOverlap + TimeSpan.FromTicks(1), Hour)).Field);
        Assert.Equal("expires", Broker.Refused<Refusal.Invalid>(await TryAsync(Hour, TimeSpan.Zero)).Field);
        Assert.Equal("expires", Broker.Refused<Refusal.Invalid>(await TryAsync(Hour, AccessTokenRegistry.MaximumLife + Hour)).Field);
        Assert.Null(await TryAsync(Hour, Hour));
        Assert.Contains("was rotated", Broker.Refused<Refusal.Conflict>(await TryAsync(Hour, Hour)).Detail, StringComparison.Ordinal);
        CreatedAccessToken other = await CreateAsync(broker);
        broker.Clock.Advance(TimeSpan.FromDays(10));
        Refusal? late = (await broker.Tokens.RotateAsync(Broker.Admin, other.Token, broker.Now + Hour, Hour, default)).Refusal;
        Assert.Contains("expired", Broker.Refused<Refusal.Conflict>(late).Detail, StringComparison.Ordinal);
        Broker.Must(await broker.Tokens.RemoveAsync(Broker.Admin, other.Token, default));
        Broker.Refused<Refusal.NotFound>((await broker.Tokens.RotateAsync(Broker.Admin, other.Token, broker.Now + Hour, Hour, default)).Refusal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_token_that_another_of_its_subject_rotated_ends_with_that_one_but_one_that_rotated_itself_does_not()
    {
        await using var broker = new Broker();
        CreatedAccessToken stolen = await CreateAsync(broker);
        CreatedAccessToken other = await CreateAsync(broker);
        Caller thief = await CallerOfAsync(broker, stolen);
        CreatedAccessToken taken = Broker.Must(await broker.Tokens.RotateAsync(thief, other.Token, broker.Now + Hour, Hour, default));
        CreatedAccessToken third = await CreateAsync(broker);
        CreatedAccessToken renewed = Broker.Must(
            await broker.Tokens.RotateAsync(await CallerOfAsync(broker, third), third.Token, broker.Now + Hour, Hour, default));
        Broker.Must(await broker.Tokens.RemoveAsync(Broker.Admin, stolen.Token, default));
        Broker.Must(await broker.Tokens.RemoveAsync(Broker.Admin, third.Token, default));
        Broker.Refused<Refusal.Unauthenticated>(
            (await broker.Tokens.AuthenticateAsync(taken.Token.Id, taken.Secret, IPAddress.Loopback, default)).Refusal);
        await CallerOfAsync(broker, renewed);
    }

    [Fact(Timeout = Patience)]
    public async Task What_was_made_with_a_token_ends_when_that_is_rotated_away()
    {
        await using var broker = new Broker();
        CreatedAccessToken leaked = await CreateAsync(broker);
        Caller owner = await CallerOfAsync(broker, leaked);
        CreatedAccessToken made = Broker.Must(
            await broker.Tokens.CreateAsync(owner, new AccessTokenOrder("made", CallerKind.Person, owner.Subject, [], leaked.Token.Expires), default));
        Broker.Must(await broker.Tokens.RotateAsync(owner, leaked.Token, leaked.Token.Expires, Hour, default));
        await CallerOfAsync(broker, made);
        broker.Clock.Advance(Hour);
        Assert.Contains(
            "rotated away",
            Broker.Refused<Refusal.Unauthenticated>((await broker.Tokens.AuthenticateAsync(made.Token.Id, made.Secret, IPAddress.Loopback, default)).Refusal).Detail,
            StringComparison.Ordinal);
    }

    [Theory(Timeout = Patience)]
    [InlineData("127.0.0.1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("2001:db8::7", true)]
    [InlineData("128.0.0.1", false)]
    [InlineData("2001:db9::7", false)]
    [InlineData(null, false)]
    public async Task A_token_is_unknown_from_elsewhere_and_so_is_what_it_made(string? address, bool isKnown)
    {
        await using var broker = new Broker();
        CreatedAccessToken bound = await CreateAsync(broker);
        Caller caller = await CallerOfAsync(broker, bound);
        CreatedAccessToken child = Broker.Must(
            await broker.Tokens.CreateAsync(caller, new("free", caller.Kind, caller.Subject, [], broker.Now + Hour), default));
        IPAddress? source = address is null ? null : IPAddress.Parse(address);
        using Secret wrong = Secret.Generate();
        Refusal? unknown = (await broker.Tokens.AuthenticateAsync(bound.Token.Id, wrong, source, default)).Refusal;
        foreach (CreatedAccessToken each in (CreatedAccessToken[])[bound, child])
        {
            Result<Caller> result = await broker.Tokens.AuthenticateAsync(each.Token.Id, each.Secret, source, default);
            Assert.Equal(isKnown ? null : unknown, result.Refusal);
        }
    }

    private static async Task<Caller> CallerOfAsync(Broker broker, CreatedAccessToken created) =>
        Broker.Must(await broker.Tokens.AuthenticateAsync(created.Token.Id, created.Secret, IPAddress.Loopback, default));

    private static async Task<CreatedAccessToken> CreateAsync(Broker broker) => Broker.Must(await broker.Tokens.CreateAsync(
        Broker.Admin,
        new("ci", CallerKind.Service, Subject.Parse("ci"), [GroupName.Parse("ops")], broker.Now.AddDays(10), Sources, Login.Parse("deploy")),
        default));

    private static System.Collections.Immutable.ImmutableArray<SourceRange> Sources =>
        [SourceRange.Parse("127.0.0.0/8"), SourceRange.Parse("2001:db8::/32")];
}
