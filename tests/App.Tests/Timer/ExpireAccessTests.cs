using SshFunctions.App.Tests.Brokers;
using SshFunctions.App.Timer;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Revocations;

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
}
