using Microsoft.Extensions.DependencyInjection;
using SshFunctions.App.Queue;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Revocations;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Signers;
using SshFunctions.Support.Store;
using SshFunctions.Support.Time;

namespace SshFunctions.App.Tests.Queue;

public sealed class PublishRevocationsTests
{
    [Fact(Timeout = 60_000)]
    public async Task Signs_the_list_before_a_host_asks_as_often_as_it_is_told()
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
        var lasting = new Revocation(RevocationKind.Subject, "bob", "left", Caller.System.Subject, clock.GetUtcNow(), null);
        Assert.True((await revocations.RevokeAsync(Caller.System, [lasting], "lost", default)).Succeeded);

        for (int told = 0; told < 3; told++) await new PublishRevocations().HandleAsync(services, "{}"u8.ToArray(), default);

        Assert.Equal(1, signer.SignedCount);
        Assert.Equal(1, (await publisher.ReadAsync(default)).Version);
        Assert.Equal(1, signer.SignedCount);
    }
}
