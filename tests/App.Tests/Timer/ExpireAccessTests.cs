using SshFunctions.App.Tests.Brokers;
using SshFunctions.App.Timer;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.App.Tests.Timer;

public sealed class ExpireAccessTests
{
    [Fact(Timeout = 60_000)]
    public async Task Takes_expired_serials_out_and_makes_good_a_lost_message_as_often_as_it_runs()
    {
        await using WholeBroker broker = await WholeBroker.StartAsync();
        var revocations = broker.Get<RevocationRegistry>();
        DateTimeOffset now = broker.Clock.GetUtcNow();
        var brief = new Revocation(RevocationKind.Serial, "70000", "lost", Caller.System.Subject, now, now.AddMinutes(5));
        var lasting = new Revocation(RevocationKind.Subject, "bob", "left", Caller.System.Subject, now, null);
        Assert.True((await revocations.RevokeAsync(Caller.System, [brief, lasting], "lost", default)).Succeeded);
        broker.Clock.Advance(TimeSpan.FromMinutes(6));

        await new ExpireAccess().HandleAsync(broker.Services, default);
        PublishedList made = await broker.Get<RevocationListPublisher>().ReadAsync(default);
        for (int run = 0; run < 2; run++) await new ExpireAccess().HandleAsync(broker.Services, default);

        Assert.Equal([lasting.Id], await revocations.ListAsync(null, default).Select(revocation => revocation.Id).ToListAsync());
        Assert.Same(made, await broker.Get<RevocationListPublisher>().ReadAsync(default));
        Assert.Equal(await revocations.ReadVersionAsync(default), made.Version);
    }

    [Fact(Timeout = 60_000)]
    public async Task Revokes_a_key_that_was_spared_for_a_host_whose_removal_was_stopped_on_the_way()
    {
        await using WholeBroker broker = await WholeBroker.StartAsync();
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        var revocation = new Revocation(RevocationKind.Host, HostId.Generate().Text, "stolen", Caller.System.Subject, broker.Clock.GetUtcNow(), null)
        {
            Host = new RevokedHost([], []) { Resource = ResourcePath.Parse("acme/production/web"), Spared = [key.PublicKey.ToText()] },
        };
        var revocations = broker.Get<RevocationRegistry>();
        Assert.True((await revocations.RevokeAsync(Caller.System, [revocation], "stolen", default)).Succeeded);
        Assert.Null(await revocations.FindHostKeyAsync(key.PublicKey, default));

        await new ExpireAccess().HandleAsync(broker.Services, default);

        Assert.Equal(revocation.Id, (await revocations.FindHostKeyAsync(key.PublicKey, default))?.Id);
    }
}
