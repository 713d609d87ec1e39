using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SshFunctions.Benchmarks.Policy;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Journal.Checkpoints;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;
using SshFunctions.Local.Keys;
using SshFunctions.Local.Sqlite;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Signers;

namespace SshFunctions.Benchmarks.Growth;

/// <summary>A broker's store that grows to a number of journal entries: registered keys, resources with a grant each, and certificates for the rest.</summary>
/// <remarks>Made by the broker's own calls, so every key, resource and grant has its entry, and segments fill and close as they always do.</remarks>
internal sealed class GrownStore : IAsyncDisposable
{
    /// <summary>Who caused one entry, the first of all.</summary>
    public const string RareSubject = "rare@example.com";

    public const int KeysPerPerson = 10;
    private const int BusyShare = 20;
    private const int Parallelism = 256;
    private const int CertificatesAtOnce = 4096;
    private readonly SqliteStore _store;
    private readonly JournalWriter _journal;
    private readonly ResourceTree _tree;
    private readonly GrantRegistry _grants;
    private readonly KeyRegistry _keys;
    private int _appended;

    private GrownStore(string data)
    {
        _store = SqliteStore.Open(Path.Combine(data, "store.db"));
        _journal = new JournalWriter(_store, TimeProvider.System, "benchmark", "0");
        _journal.Appended += (_, _) => Interlocked.Increment(ref _appended);
        _tree = new ResourceTree(_store, _journal);
        _grants = new GrantRegistry(_store, _journal);
        _keys = new KeyRegistry(_store, _journal, new RevocationRegistry(_store, _journal, TimeProvider.System), TimeProvider.System);
    }

    public static int KeysOf(int entries) => entries / 10;

    public static int ResourcesOf(int entries) => entries == 0 ? 0 : Math.Max(10, entries / 100);

    /// <summary>Each has ten of the keys and the grant of the resource of the same number.</summary>
    public static Subject PersonOf(int number) => Subject.Parse($"user{number}@example.com");

    public static SshPublicKey KeyOf(int number) => SshPublicKey.FromEd25519(HashOf("key", number));

    /// <summary>Adds what a store of so many entries lacks to one of more.</summary>
    /// <param name="data">A data directory in which a broker was started before, and is not running now.</param>
    /// <param name="from">Entries that were filled before.</param>
    /// <param name="to">Entries afterwards; what the broker itself recorded comes on top.</param>
    public static async Task FillAsync(string data, int from, int to)
    {
        await using (var store = new GrownStore(data))
        {
            if (from == 0) await store.AppendAsync(0, Subject.Parse(RareSubject), to);
            await store.AddResourcesAsync(ResourcesOf(from), ResourcesOf(to));
            await store.AddKeysAsync(KeysOf(from), KeysOf(to));
            await store.AddCertificatesAsync(from, to);
        }

        await using SqliteStore closed = SqliteStore.Open(Path.Combine(data, "store.db"));
        using SshPrivateKey key = PolicyTree.Must(KeyFile.Read(Path.Combine(data, "keys", "journal")));
        await new JournalSealer(closed, new InMemoryStatementSigner(key), TimeProvider.System).SealAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync();
        await _store.DisposeAsync();
    }

    private async Task AddResourcesAsync(int from, int to)
    {
        foreach (ResourcePath environment in Enumerable.Range(from, to - from).Select(number => PolicyTree.PathOf(number).Parent).Distinct())
        {
            PolicyTree.Must(await _tree.PutProjectAsync(Caller.System, new Project(environment.Parent, "", SshSwitch.Enabled), default));
            PolicyTree.Must(await _tree.PutEnvironmentAsync(Caller.System, new ProjectEnvironment(environment, "", SshSwitch.Enabled, false), default));
        }

        // One at a time: every address is claimed against all others, so that two at once would have to try again.
        for (int number = from; number < to; number++) PolicyTree.Must(await _tree.PutResourceAsync(Caller.System, PolicyTree.ResourceOf(number), default));
        await ForEachAsync(from, to, async number => PolicyTree.Must(await _grants.PutAsync(Caller.System, GrantOf(number), default)));
    }

    private Task AddKeysAsync(int from, int to) => ForEachAsync(from, to, async number =>
    {
        Subject owner = PersonOf(number / KeysPerPerson);
        PolicyTree.Must(await _keys.RegisterAsync(CallerOf(owner), Holder.Of(owner), $"key {number}", KeyOf(number), null, default));
    });

    private async Task AddCertificatesAsync(int from, int to)
    {
        for (int left = to - from - _appended; left > 0; left = to - from - _appended)
        {
            int first = to - left;
            await Task.WhenAll(Enumerable.Range(first, Math.Min(CertificatesAtOnce, left))
                .Select(number => AppendAsync(number, PersonOf(PolicyTree.Scatter(number) % ResourcesOf(to)), to)));
        }
    }

    /// <summary>A certificate's entry. Every twentieth is for the first resource, so that as many of any page's entries are, however many there are.</summary>
    private Task<JournalEntry> AppendAsync(int number, Subject subject, int entries)
    {
        int resource = number % BusyShare == 0 ? 0 : 1 + (PolicyTree.Scatter(number) % (ResourcesOf(entries) - 1));
        string path = PolicyTree.PathOf(resource).Text;
        string fingerprint = Fingerprint.Of(HashOf("certificate", number)).ToString();
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        var issued = new JournalEvent.CertificateIssued(
            PolicyTree.PathOf(resource), Login.Parse("deploy"), $"g{resource}", subject.Text, [$"deploy@{path}"], fingerprint, fingerprint, now, now.AddMinutes(5));
        return _journal.AppendAsync(CallerOf(subject), issued, CancellationToken.None);
    }

    private static Caller CallerOf(Subject subject) => new(CallerKind.Person, subject, [], "q7wmzk3thd5xravn");

    private static Grant GrantOf(int number) => new(
        GrantId.Parse($"g{number}"), PolicyTree.PathOf(number), Role.Developer, Holder.Of(PersonOf(number)), null, null, null, ImmutableArray.Create(Permission.Pty), null, null);

    private static byte[] HashOf(string name, int number) =>
        SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name} {number}")));

    private static Task ForEachAsync(int from, int to, Func<int, Task> act) =>
        Parallel.ForAsync(from, to, new ParallelOptions { MaxDegreeOfParallelism = Parallelism }, async (number, _) => await act(number));
}
