using System.Collections.Immutable;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Local.Sqlite;

namespace SshFunctions.Benchmarks.Policy;

/// <summary>A tree of many resources with ten grants each, made by the same calls as the broker's own.</summary>
internal static class PolicyTree
{
    public const int GrantsPerResource = 10;
    public const int SubjectCount = 10_000;
    public const int GroupCount = 1_000;
    private const int ResourcesPerEnvironment = 100;
    private const int EnvironmentsPerProject = 10;
    private const int Parallelism = 256;

    public static ResourcePath PathOf(int resource) => ResourcePath.Parse(
        $"p{resource / ResourcesPerEnvironment / EnvironmentsPerProject}/e{resource / ResourcesPerEnvironment % EnvironmentsPerProject}/r{resource}");

    /// <summary>Every other grant is a group's.</summary>
    public static Holder HolderOf(int grant) => grant % 2 == 0
        ? Holder.Of(Subject.Parse($"user{Scatter(grant) % SubjectCount}@example.com"))
        : Holder.Of(GroupName.Parse($"group{Scatter(grant) % GroupCount}"));

    public static async Task FillAsync(string path, int resources)
    {
        await using SqliteStore store = SqliteStore.Open(path);
        await using var journal = new JournalWriter(store, TimeProvider.System, "benchmark", "0");
        var tree = new ResourceTree(store, journal);
        var grants = new GrantRegistry(store, journal);
        for (int first = 0; first < resources; first += ResourcesPerEnvironment)
        {
            ResourcePath environment = PathOf(first).Parent;
            Must(await tree.PutProjectAsync(Caller.System, new Project(environment.Parent, "", SshSwitch.Enabled), default));
            Must(await tree.PutEnvironmentAsync(Caller.System, new ProjectEnvironment(environment, "", SshSwitch.Enabled, false), default));
        }

        for (int resource = 0; resource < resources; resource++)
            Must(await tree.PutResourceAsync(Caller.System, ResourceOf(resource), default));
        await Parallel.ForAsync(0, resources * GrantsPerResource, new ParallelOptions { MaxDegreeOfParallelism = Parallelism }, async (number, cancellationToken) =>
            Must(await grants.PutAsync(Caller.System, GrantOf(number), cancellationToken)));
    }

    public static T Must<T>(Result<T> result)
        where T : notnull =>
        result.Try(out T? value, out Refusal? refusal) ? value : throw new InvalidOperationException(refusal.Detail);

    public static Resource ResourceOf(int resource)
    {
        if (!ResourceHost.TryCreate($"r{resource}.example.com", 22, null, out ResourceHost host)) throw new InvalidOperationException("not a host");
        return new Resource(PathOf(resource), [host], [LoginRule.Parse("deploy")], CertificateProfileName.Sshd, "", SshSwitch.Enabled, null);
    }

    private static Grant GrantOf(int number) => new(
        GrantId.Parse($"g{number}"),
        PathOf(number / GrantsPerResource),
        Role.Developer,
        HolderOf(number),
        null,
        null,
        null,
        ImmutableArray.Create(Permission.Pty),
        null,
        null);

    // A multiplicative hash, so that neighbours have nothing to do with each other. Source: Knuth, TAOCP 3, section 6.4.
    public static int Scatter(int number) => (int)(unchecked((uint)number * 2_654_435_761u) >> 8);
}
