using SshFunctions.Core.Callers;
using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Tests.Hosts;

public sealed class HostEnrollmentTests
{
    private const int Patience = 60_000;
    private static readonly HostPlace Web = HostPlace.Parse("acme/production/web");

    [Fact(Timeout = Patience)]
    public async Task A_token_makes_a_host_that_proves_itself_from_then_on()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();

        AdmittedHost admitted = await broker.EnrollAsync();

        Caller caller = Broker.Must(await broker.Tokens.AuthenticateAsync(admitted.Token.Token.Id, admitted.Token.Secret, null, default));
        Assert.Equal((CallerKind.Host, $"host:{admitted.Host.Id}", broker.Now + TimeSpan.FromDays(366)), (caller.Kind, caller.Subject.Text, caller.Expires));
        Assert.Equal(admitted.Host.Id, Broker.Must(await broker.Hosts.RequireAsync(caller, default)).Id);
        JournalEvent.HostEnrolled entry = Assert.Single(await broker.EventsAsync<JournalEvent.HostEnrolled>());
        Assert.Equal((admitted.Host.Id, "web-1", Broker.Admin.Subject.Text), (entry.Host, entry.Name, entry.EnrolledBy));
        Assert.Equal(broker.ClientKey.Fingerprint.ToString(), Assert.Single(entry.HostKeys));
        Assert.Equal(admitted.Host.Id, Assert.Single(await broker.EnrollmentTokens.ListAsync(null, default).ToListAsync()).Host);
        Assert.Empty(await broker.EventsAsync<JournalEvent.ActionFailed>());
    }

    [Fact(Timeout = Patience)]
    public async Task Nobody_else_asks_as_a_host()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        AdmittedHost one = await broker.EnrollAsync();

        Broker.Refused<Refusal.Denied>((await broker.Hosts.RequireAsync(Broker.Admin, default)).Refusal);
        Broker.Refused<Refusal.Denied>((await broker.Hosts.RequireAsync(Broker.CallerOf(one) with { Kind = CallerKind.Service }, default)).Refusal);
        Broker.Refused<Refusal.Denied>((await broker.Hosts.RequireAsync(Broker.Admin with { Kind = CallerKind.Host }, default)).Refusal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_token_enrolls_once_however_many_use_it_at_the_same_time()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        string token = await TokenAsync(broker);

        Result<AdmittedHost>[] results = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => broker.Enrollment.EnrollAsync(token, Order(broker), default))));

        Assert.Single(results, result => result.Succeeded);
        Assert.All(results.Where(result => !result.Succeeded), result => Broker.Refused<Refusal.Unauthenticated>(result.Refusal));
        Assert.Single(await broker.Hosts.ListAsync(default, null, default).ToListAsync());
        Assert.Single(await broker.Tokens.ListAsync(null, null, default).ToListAsync());
        Broker.Refused<Refusal.Unauthenticated>((await broker.Enrollment.EnrollAsync(token, Order(broker), default)).Refusal);
    }

    [Theory(Timeout = Patience)]
    [InlineData("wrong secret")]
    [InlineData("unknown")]
    [InlineData("no token")]
    [InlineData("used")]
    [InlineData("expired")]
    [InlineData("removed")]
    public async Task Refuses_a_token_in_the_same_words_when_it_is(string what)
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        string token = await TokenAsync(broker);
        string id = token[..16];
        if (what == "used") Broker.Must(await broker.Enrollment.EnrollAsync(token, Order(broker), default));
        if (what == "expired") broker.Clock.Advance(TimeSpan.FromHours(1));
        if (what == "removed")
            Broker.Must(await broker.EnrollmentTokens.RemoveAsync(Broker.Admin, (await broker.EnrollmentTokens.FindAsync(id, default))!, default));
        int hosts = await broker.Hosts.ListAsync(default, null, default).CountAsync();
        string sent = what switch { "wrong secret" => id + ".x", "unknown" => "aaaaaaaaaaaaaaaa.x", "no token" => "x", _ => token };

        Refusal? refusal = (await broker.Enrollment.EnrollAsync(sent, Order(broker), default)).Refusal;

        Assert.Contains("is unknown, was used or has expired", Broker.Refused<Refusal.Unauthenticated>(refusal).Detail, StringComparison.Ordinal);
        Assert.Equal(hosts, await broker.Hosts.ListAsync(default, null, default).CountAsync());
    }

    [Fact(Timeout = Patience)]
    public async Task A_broker_that_dies_midway_leaves_no_host_and_a_token_that_is_good_still()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        string token = await TokenAsync(broker);

        int failed = 0;
        Result<AdmittedHost>? result = null;
        while (result is null)
        {
            // Every commit of an enrollment is the one that fails: of its journal entry, of the access token, of the host.
            for (int commit = 0; commit < failed; commit++) broker.Store.HoldNextCommit().Release();
            broker.Store.FailNextCommit();
            try
            {
                result = await broker.Enrollment.EnrollAsync(token, Order(broker), default);
            }
            catch (StoreUnavailableException)
            {
                failed++;
                Assert.Empty(await broker.Hosts.ListAsync(default, null, default).ToListAsync());
            }
        }

        Assert.True(failed >= 3, $"only {failed} commits");
        Assert.Equal(Broker.Must(result.Value).Host.Id, Assert.Single(await broker.Hosts.ListAsync(default, null, default).ToListAsync()).Id);
    }

    [Fact(Timeout = Patience)]
    public async Task Refuses_what_is_revoked_and_the_brokers_own_keys()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        string token = await TokenAsync(broker);
        HostOrder own = Order(broker) with { HostKeys = [broker.HostSigner.PublicKey] };
        Broker.Refused<Refusal.Invalid>((await broker.Enrollment.EnrollAsync(token, own, default)).Refusal);
        Broker.Must(await broker.Revoker.RevokeKeyAsync(Broker.Admin, broker.ClientKey.Fingerprint, "stolen", default));
        Assert.Contains("stolen", Broker.Refused<Refusal.Denied>((await broker.Enrollment.EnrollAsync(token, Order(broker), default)).Refusal).Detail, StringComparison.Ordinal);
        Broker.Must(await broker.Revocations.LiftAsync(Broker.Admin, $"key:{broker.ClientKey.Fingerprint}", default));

        Broker.Must(await broker.Revoker.RevokeSubjectAsync(Broker.Admin, Broker.Admin.Subject, "left", default));
        Assert.Contains("left", Broker.Refused<Refusal.Denied>((await broker.Enrollment.EnrollAsync(token, Order(broker), default)).Refusal).Detail, StringComparison.Ordinal);
        Broker.Must(await broker.Revocations.LiftAsync(Broker.Admin, $"subject:{Broker.Admin.Subject}", default));
        Broker.Must(await broker.Enrollment.EnrollAsync(token, Order(broker), default));
    }

    [Fact(Timeout = Patience)]
    public async Task A_removed_host_is_refused_at_once()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        AdmittedHost admitted = await broker.EnrollAsync();

        Broker.Must(await broker.HostRemoval.RemoveAsync(Broker.Admin, admitted.Host, default));

        Broker.Refused<Refusal.Unauthenticated>(
            (await broker.Tokens.AuthenticateAsync(admitted.Token.Token.Id, admitted.Token.Secret, null, default)).Refusal);
        Broker.Refused<Refusal.Denied>((await broker.Hosts.RequireAsync(Broker.CallerOf(admitted), default)).Refusal);
        Broker.Refused<Refusal.NotFound>((await broker.HostRemoval.RemoveAsync(Broker.Admin, admitted.Host, default)).Refusal);
        Assert.Equal(2, (await broker.EventsAsync<JournalEvent.HostRemoved>()).Length);
    }

    [Fact(Timeout = Patience)]
    public async Task Nobody_else_makes_or_rotates_a_token_of_a_host()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        AdmittedHost admitted = await broker.EnrollAsync();
        DateTimeOffset end = broker.Now + TimeSpan.FromDays(1);
        AccessTokenOrder[] orders =
        [
            new("x", CallerKind.Host, admitted.Host.Id.Subject, [], end),
            new("x", CallerKind.Host, Subject.Parse("ci"), [], end),
            new("x", CallerKind.Service, admitted.Host.Id.Subject, [], end),
            new("x", CallerKind.Service, Subject.Parse("HOST:" + admitted.Host.Id), [], end),
        ];
        foreach (AccessTokenOrder order in orders)
        {
            foreach (Caller caller in (Caller[])[Broker.Admin, Broker.CallerOf(admitted), Caller.System])
                Broker.Refused<Refusal.Invalid>((await broker.Tokens.CreateAsync(caller, order, default)).Refusal);
        }

        Broker.Refused<Refusal.Denied>((await broker.Tokens.RotateAsync(Broker.Admin, admitted.Token.Token, end, TimeSpan.Zero, default)).Refusal);
        CreatedAccessToken next = Broker.Must(await broker.Tokens.RotateAsync(
            Broker.CallerOf(admitted), admitted.Token.Token, broker.Now + HostEnrollment.TokenLife, TimeSpan.FromHours(1), default));
        Assert.Equal((CallerKind.Host, admitted.Host.Id.Subject, null), (next.Token.Kind, next.Token.Subject, next.Token.Parent));
    }

    [Fact(Timeout = Patience)]
    public async Task A_host_s_token_is_rotated_again_until_the_one_that_took_its_place_is_shown()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        AdmittedHost admitted = await broker.EnrollAsync();
        Task<Result<CreatedAccessToken>> RotateAsync() => broker.Tokens.RotateAsync(
            Broker.CallerOf(admitted), admitted.Token.Token, broker.Now + HostEnrollment.TokenLife, TimeSpan.FromHours(1), default);
        CreatedAccessToken lost = Broker.Must(await RotateAsync());
        broker.Clock.Advance(TimeSpan.FromMinutes(50));

        CreatedAccessToken next = Broker.Must(await RotateAsync());

        Broker.Refused<Refusal.Unauthenticated>((await broker.Tokens.AuthenticateAsync(lost.Token.Id, lost.Secret, null, default)).Refusal);
        Broker.Must(await broker.Tokens.AuthenticateAsync(next.Token.Id, next.Secret, null, default));
        Broker.Refused<Refusal.Conflict>((await RotateAsync()).Refusal);
        Broker.Must(await broker.Tokens.AuthenticateAsync(next.Token.Id, next.Secret, null, default));
        // What is lost gives the old one no longer life.
        broker.Clock.Advance(TimeSpan.FromMinutes(10));
        Broker.Refused<Refusal.Unauthenticated>(
            (await broker.Tokens.AuthenticateAsync(admitted.Token.Token.Id, admitted.Token.Secret, null, default)).Refusal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_host_key_of_a_host_of_another_resource_is_refused_without_naming_that_one()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        Broker.Must(await broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf("acme/production/db", "db.example.com"), default));
        AdmittedHost first = await broker.EnrollAsync("acme/production/db");
        string token = await TokenAsync(broker);

        Refusal.Conflict refused = Broker.Refused<Refusal.Conflict>((await broker.Enrollment.EnrollAsync(token, Order(broker), default)).Refusal);

        Assert.Equal("hostKeys", refused.Field);
        Assert.DoesNotContain("db", refused.Detail, StringComparison.Ordinal);
        Broker.Must(await broker.HostRemoval.RemoveAsync(Broker.Admin, first.Host, default));
        Broker.Must(await broker.Enrollment.EnrollAsync(token, Order(broker), default));
    }

    [Fact(Timeout = Patience)]
    public async Task A_machine_identity_enrolls_a_hundred_hosts_at_one_place_and_no_more()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        for (int count = 0; count < HostEnrollment.MaximumCountPerPlace; count++) Assert.True(await broker.Hosts.TryInsertAsync(Broker.EnrolledHostOf(), default));
        var identity = new OpenIdIdentity(new Caller(CallerKind.Service, Subject.Parse("ci"), []), null, Web);

        Broker.Refused<Refusal.Conflict>((await broker.Enrollment.EnrollAsync(identity, Order(broker), default)).Refusal);

        Broker.Must(await broker.HostRemoval.RemoveAsync(Broker.Admin, await broker.Hosts.ListAsync(Web.Resource, null, default).FirstAsync(), default));
        Broker.Must(await broker.Enrollment.EnrollAsync(identity, Order(broker), default));
        await broker.EnrollAsync();
    }

    [Fact(Timeout = Patience)]
    public async Task Refuses_more_and_larger_host_keys_than_every_client_could_be_told_of()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        string token = await TokenAsync(broker);
        HostOrder many = Order(broker) with { HostKeys = [.. Enumerable.Range(0, 9).Select(RevokedKeys.Small)] };
        Refusal.Invalid tooMany = Broker.Refused<Refusal.Invalid>((await broker.Enrollment.EnrollAsync(token, many, default)).Refusal);
        Assert.Equal(("hostKeys", "there are 9 host keys"), (tooMany.Field, tooMany.Detail));

        SshPublicKey large = RevokedKeys.Rsa(8193, 1);
        HostOrder huge = Order(broker) with { HostKeys = [broker.ClientKey, large] };
        Refusal.Invalid tooLarge = Broker.Refused<Refusal.Invalid>((await broker.Enrollment.EnrollAsync(token, huge, default)).Refusal);
        Assert.Equal(("hostKeys", $"{large.Fingerprint} is an RSA key of 8193 bits, more than 8192"), (tooLarge.Field, tooLarge.Detail));
        Assert.Contains("ssh-keygen -t rsa -b 4096", tooLarge.Fix, StringComparison.Ordinal);

        HostOrder most = Order(broker) with { HostKeys = [.. Enumerable.Range(0, 8).Select(number => RevokedKeys.Rsa(8192, number))] };
        Broker.Must(await broker.Enrollment.EnrollAsync(token, most, default));
    }

    private static HostOrder Order(Broker broker) => new([broker.ClientKey], "9.2", null);

    private static async Task<string> TokenAsync(Broker broker)
    {
        CreatedEnrollmentToken created = Broker.Must(await broker.EnrollmentTokens.CreateAsync(Broker.Admin, Web, null, default));
        return $"{created.Token.Id}.{created.Secret.Reveal()}";
    }
}
