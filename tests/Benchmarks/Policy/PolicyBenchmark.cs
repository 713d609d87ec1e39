using System.Diagnostics;
using System.Globalization;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;
using SshFunctions.Local.Sqlite;

namespace SshFunctions.Benchmarks.Policy;

/// <summary>What a mint waits for the policy: from a host name to the decision, everything read from the store each time.</summary>
internal static class PolicyBenchmark
{
    private const int WarmUpCount = 2_000;
    private const int QuestionCount = 10_000;
    private const int RoundCount = 5;
    private const int GroupsPerCaller = 5;

    public static async Task RunAsync(string path, int resources)
    {
        await using SqliteStore store = SqliteStore.Open(path);
        await using var journal = new JournalWriter(store, TimeProvider.System, "benchmark", "0");
        var tree = new ResourceTree(store, journal);
        var access = new AccessEvaluator(tree, new GrantRegistry(store, journal), new RevocationRegistry(store, journal, TimeProvider.System));
        var random = new Random(1);
        await AskAsync(tree, access, resources, random, WarmUpCount);
        var rounds = new List<double[]>();
        for (int round = 0; round < RoundCount; round++)
            rounds.Add(await AskAsync(tree, access, resources, random, QuestionCount));

        double[] medians = [.. rounds.Select(times => times[times.Length / 2]).Order()];
        double tail = rounds.Max(times => times[times.Length * 99 / 100]);
        using Process self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            | {resources:N0} | {resources * PolicyTree.GrantsPerResource:N0} | {medians[RoundCount / 2]:F3} | {medians[0]:F3}–{medians[^1]:F3} | {tail:F3} | {self.PeakWorkingSet64 / 1048576.0:F0} | {new FileInfo(path).Length / 1048576.0:F0} |
            """));
    }

    /// <returns>Milliseconds of each question, sorted.</returns>
    private static async Task<double[]> AskAsync(ResourceTree tree, AccessEvaluator access, int resources, Random random, int count)
    {
        double[] times = new double[count];
        for (int i = 0; i < count; i++)
        {
            int grant = random.Next(resources * PolicyTree.GrantsPerResource);
            Caller caller = CallerOf(grant, random);
            int resource = grant / PolicyTree.GrantsPerResource;
            long start = Stopwatch.GetTimestamp();
            Resource found = await tree.ResolveAsync(HostAddress.Parse($"r{resource}.example.com"), default)
                ?? throw new InvalidOperationException($"resource {resource} is not there");
            AccessDecision decision = await access.DecideAsync(caller, found, Login.Parse("deploy"), DateTimeOffset.UtcNow, default);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (decision is not AccessDecision.Allowed) throw new InvalidOperationException($"grant {grant} does not allow");
        }

        Array.Sort(times);
        return times;
    }

    /// <summary>Somebody in five groups who holds the grant, itself or by one of them.</summary>
    private static Caller CallerOf(int grant, Random random)
    {
        Holder holder = PolicyTree.HolderOf(grant);
        IEnumerable<GroupName> groups = Enumerable.Range(0, GroupsPerCaller - 1)
            .Select(_ => GroupName.Parse($"group{random.Next(PolicyTree.GroupCount)}"))
            .Append(holder.Group ?? GroupName.Parse("staff"));
        return new Caller(CallerKind.Person, holder.Subject ?? Subject.Parse("somebody@example.com"), [.. groups.Distinct()]);
    }
}
