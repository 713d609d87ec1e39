using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Tests.Policy;

public sealed class CallerRolesTests
{
    private const int Patience = 60_000;
    private static readonly Caller Member = Broker.Alice with { Groups = [GroupName.Parse("ops"), GroupName.Parse("dev")] };

    [Fact(Timeout = Patience)]
    public async Task Gives_on_every_path_the_role_that_authority_gives()
    {
        await using var broker = new Broker();
        await PutAsync(broker, Broker.GrantOf("g1", "acme", "group=ops", Role.Auditor));
        await PutAsync(broker, Broker.GrantOf("g2", "acme/production/web", role: Role.Manager));
        await PutAsync(broker, Broker.GrantOf("g3", "acme/production/web2", "group=dev"));
        await PutAsync(broker, Broker.GrantOf("g4", "acme/production2/web", "group=other", Role.Admin));
        await PutAsync(broker, Broker.GrantOf("g5", "beta/test", "group=dev") with { NotAfter = broker.Now });
        await PutAsync(broker, Broker.GrantOf("g6", "beta/test/db", role: Role.Developer));
        await PutAsync(broker, Broker.GrantOf("g7", "beta/test/db", "group=ops", Role.Admin) with { NotBefore = broker.Now.AddHours(1) });
        var authority = new Authority(broker.Grants, broker.Clock);
        string[] paths =
        [
            "/", "acme", "acme/production", "acme/production/web", "acme/production/web2", "acme/production/web3",
            "acme/production2/web", "acme2/production/web", "beta", "beta/test", "beta/test/db", "beta/test/web", "acme/production/web",
        ];
        foreach (Caller caller in (Caller[])[Member, Broker.Alice, Broker.Admin, Caller.System])
        {
            CallerRoles roles = authority.RolesOf(caller);
            foreach (ResourcePath path in paths.Select(text => ResourcePath.Parse(text)))
                Assert.Equal((path, await authority.FindRoleAsync(caller, path, default)), (path, await roles.FindAsync(path, default)));
        }
    }

    [Fact(Timeout = Patience)]
    public async Task Reads_no_more_for_a_caller_of_many_groups_and_many_resources()
    {
        await using var broker = new Broker();
        var store = new CountingStore(broker.Store);
        var caller = Broker.Alice with { Groups = [.. Enumerable.Range(0, 100).Select(number => GroupName.Parse($"g{number}"))] };
        CallerRoles roles = new Authority(new GrantRegistry(store, broker.Journal), broker.Clock).RolesOf(caller);
        for (int i = 0; i < 1_000; i++) Assert.Null(await roles.FindAsync(ResourcePath.Parse($"acme/production/r{i}"), default));
        Assert.Equal(4, store.ReadCount);
    }

    private static async Task PutAsync(Broker broker, Grant grant) => Broker.Must(await broker.Grants.PutAsync(Broker.Admin, grant, default));

    private sealed class CountingStore(IStore inner) : IStore
    {
        public int ReadCount { get; private set; }

        public ValueTask<StoredDocument?> GetAsync(DocumentKey key, CancellationToken cancellationToken)
        {
            ReadCount++;
            return inner.GetAsync(key, cancellationToken);
        }

        public ValueTask<DocumentPage> ListAsync(string partition, RowRange range, CancellationToken cancellationToken)
        {
            ReadCount++;
            return inner.ListAsync(partition, range, cancellationToken);
        }

        public ValueTask<CommitResult> CommitAsync(
            string partition, IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken) =>
            inner.CommitAsync(partition, changes, cancellationToken);
    }
}
