using Microsoft.Extensions.DependencyInjection;
using SshFunctions.App.Timer;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Revocations;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Signers;
using SshFunctions.Support.Store;
using SshFunctions.Support.Time;

namespace SshFunctions.App.Tests.Timer;

public sealed class ExpireAccessTests
{
    [Fact(Timeout = 60_000)]
    public async Task Takes_expired_serials_out_and_makes_good_a_lost_message_as_often_as_it_runs()
    {
        var clock = new ManualClock();
        var store = new InMemoryStore();
        await using var journal = new JournalWriter(store, clock, "one", "1.0");
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        var signer = new InMemoryStatementSigner(key);
        var revocations = new RevocationRegistry(store, journal, clock);
        using var publisher = new RevocationListPublisher(revocations, new FixedSigningKeys(new InMemoryCertificateSigner(key), new InMemoryCertificateSigner(key), signer, clock), clock);
        var publication = new RevocationPublication(store, publisher, journal, clock);
        await using ServiceProvider services = new ServiceCollection().AddSingleton(revocations).AddSingleton(publication).BuildServiceProvider();
        var brief = new Revocation(RevocationKind.Serial, "70000", "lost", Caller.System.Subject, clock.GetUtcNow(), clock.GetUtcNow().AddMinutes(5));
        var lasting = new Revocation(RevocationKind.Subject, "bob", "left", Caller.System.Subject, clock.GetUtcNow(), null);
        Assert.True((await revocations.RevokeAsync(Caller.System, [brief, lasting], "lost", default)).Succeeded);
        clock.Advance(TimeSpan.FromMinutes(6));

        for (int run = 0; run < 3; run++) await new ExpireAccess().HandleAsync(services, default);

        Assert.Equal([lasting.Id], await revocations.ListAsync(null, default).Select(revocation => revocation.Id).ToListAsync());
        Assert.Equal(1, signer.SignedCount);
        Assert.Equal(2, (await publisher.ReadAsync(default)).Version);
        Assert.Equal(1, signer.SignedCount);
    }
}
