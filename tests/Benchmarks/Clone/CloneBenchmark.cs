using System.Diagnostics;
using System.Globalization;
using SshFunctions.Support.Git;
using SshFunctions.Support.Sshfn;

namespace SshFunctions.Benchmarks.Clone;

/// <summary>How much of a <c>git clone</c> over loopback the hook is: with none, with a fresh certificate there, and with one to fetch, by turns.</summary>
internal static class CloneBenchmark
{
    private const int WarmUpCount = 3;

    public static async Task RunAsync(int clones)
    {
        await using GuardedServer guarded = await GuardedServer.StartAsync();
        GitRepository repository = await GitRepository.CreateAsync(guarded.Server, "small");
        (await guarded.HookAsync()).Expect(0);
        (string Name, GitClient Git, bool IsCold)[] ways =
        [
            ("no hook: the same key and certificate from a file", With(guarded, Unhooked(guarded)), false),
            ("warm hook", With(guarded, guarded.Alice.SshConfiguration), false),
            ("cold hook", With(guarded, guarded.Alice.SshConfiguration), true),
        ];
        List<double>[] times = [[], [], []];
        for (int turn = -WarmUpCount; turn < clones; turn++)
        {
            for (int way = 0; way < ways.Length; way++)
            {
                if (ways[way].IsCold) Directory.Delete(guarded.Alice.Destinations, recursive: true);
                double taken = await CloneAsync(guarded, ways[way].Git, repository);
                if (turn >= 0) times[way].Add(taken);
            }
        }

        Print(ways.Select(way => way.Name), times);
    }

    /// <summary>A configuration like the managed one, but for the hook; key and certificate are copies, so that they stay.</summary>
    private static string Unhooked(GuardedServer guarded)
    {
        string current = Directory.GetDirectories(guarded.Alice.Destinations)[0] + "/current";
        foreach (string name in new[] { "key", "key-cert.pub" }) File.Copy($"{current}/{name}", guarded.Alice[name]);
        string path = guarded.Alice["unhooked_config"];
        File.WriteAllText(path, $"""
            Host *
              IdentityFile "{guarded.Alice["key"]}"
              CertificateFile "{guarded.Alice["key-cert.pub"]}"
              IdentitiesOnly yes
              IdentityAgent none
              BatchMode yes
              UserKnownHostsFile {guarded.Alice["unhooked_hosts"]}
              GlobalKnownHostsFile /dev/null
              StrictHostKeyChecking accept-new

            """);
        return path;
    }

    private static GitClient With(GuardedServer guarded, string configuration) =>
        new(guarded.Alice.With("GIT_SSH_COMMAND", $"ssh -F {configuration}"));

    private static async Task<double> CloneAsync(GuardedServer guarded, GitClient git, GitRepository repository)
    {
        string copy = guarded.Alice["copy"];
        long begin = Stopwatch.GetTimestamp();
        await git.DoAsync(guarded.Alice.Folder, ["clone", "-q", repository.Url(guarded.Address), copy]);
        double taken = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        Directory.Delete(copy, recursive: true);
        return taken;
    }

    private static void Print(IEnumerable<string> names, List<double>[] times)
    {
        double without = Median(times[0]);
        Console.WriteLine("| git clone | median ms | min | max | the hook's share | clones |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach ((string name, List<double> taken) in names.Zip(times))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {name} | {Median(taken):F0} | {taken.Min():F0} | {taken.Max():F0} | {(Median(taken) - without) / Median(taken):P1} | {taken.Count} |"));
        }
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
