using SshFunctions.Core.Hosts;
using SshFunctions.Core.Revocations;
using SshFunctions.Core.Rotation;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Revocation;
using SshFunctions.Support.Proofs;
using SshFunctions.Support.Proofs.Schedules;
using SshFunctions.Support.Signers;
using SshFunctions.Support.Store;

namespace SshFunctions.Core.Tests.Interleavings;

/// <summary>Several brokers revoke and publish while the CA key is replaced: no list that is fetched later lacks what was acknowledged, and none is older.</summary>
[Trait("Proof", "concurrency")]
public sealed class RevocationListInterleavingTests
{
    private const int Patience = 600_000;

    [Fact(Timeout = Patience)]
    public Task A_list_holds_all_that_was_revoked_before_it_was_asked_for() => Task.Run(() =>
        new Exploration("concurrency", "revocation list published", PlayAsync).PlayRandom(LongRuns.Count(60, 8000)));

    private static async Task PlayAsync(Interleaving run)
    {
        var store = new InMemoryStore();
        using var keys = new InMemorySigningKeyStore();
        Broker.Must(await new KeyRingRegistry(store, run.Clock).AdoptAsync(keys.PutFirst(), default));
        InterleavedBroker[] brokers = [.. new[] { "one", "two" }.Select(name => BrokerOf(run, store, keys, name))];
        foreach (InterleavedBroker broker in brokers) await broker.Publisher.ReadAsync(default);
        var revoked = new List<Revoked>();
        run.Start("mint and revoke", () => RevokeAsync(run, brokers[0], 1, revoked));
        run.Start("revoke", () => RevokeAsync(run, brokers[1], 2, revoked));
        if (run.Random.Next(2) == 0) run.Start("rotate", () => RotationsOf(run, brokers[0], keys, store).StartAsync(Broker.Admin, KeyPurpose.UserCa, emergency: true, default));
        run.Start("host", () => FetchAsync(run, brokers, revoked));
        run.Start("other host", () => FetchAsync(run, brokers, revoked));
        await run.PlayAsync();
        foreach (InterleavedBroker broker in brokers) await broker.DisposeAsync();
    }

    private static async Task RevokeAsync(Interleaving run, InterleavedBroker broker, ulong serial, List<Revoked> revoked)
    {
        for (int count = 0; count < 2; count++, serial += 2)
        {
            // Signed by whatever key this broker knows; only the serial matters then.
            SshPublicKey ca = (await broker.Keys.ReadAsync(default)).UserCa.PublicKey;
            var revocation = new Revocation(
                RevocationKind.Serial, serial.ToString(System.Globalization.CultureInfo.InvariantCulture), "leaked", Broker.Admin.Subject, run.Clock.GetUtcNow(), run.Clock.GetUtcNow().AddHours(1));
            PublishedVersion version = Broker.Must(await broker.Revocations.RevokeAsync(Broker.Admin, [revocation], "leaked", default));
            revoked.Add(new Revoked(serial, ca, version.Number));
        }
    }

    /// <summary>A host that asks one broker or the other, one after the other.</summary>
    private static async Task FetchAsync(Interleaving run, InterleavedBroker[] brokers, List<Revoked> revoked)
    {
        long last = 0;
        for (int count = 0; count < 3; count++)
        {
            Revoked[] owed = [.. revoked];
            PublishedList list = await brokers[run.Random.Next(brokers.Length)].Publisher.ReadAsync(default);
            Assert.True(list.Version >= last, $"version {list.Version} after {last}");
            last = list.Version;
            Check(list, owed);
        }
    }

    private static void Check(PublishedList list, IEnumerable<Revoked> owed)
    {
        RevocationList read = RevocationList.Parse(list.Krl.Span);
        Assert.Equal((ulong)list.Version, read.Version);
        foreach (Revoked one in owed)
        {
            Assert.True(list.Version >= one.Version, $"version {list.Version} was given when {one.Version} was in force");
            bool isCutOff = read.Sha256Fingerprints.Contains(one.Ca.Fingerprint);
            bool isNamed = read.Certificates.Any(each => each.CaWire.Span.SequenceEqual(one.Ca.Wire.Span) && each.Serials.Any(range => range.First <= one.Serial && one.Serial <= range.Last));
            Assert.True(isCutOff || isNamed, $"version {list.Version} lets serial {one.Serial} of {one.Ca.Fingerprint} in, revoked in version {one.Version}");
        }
    }

    private static InterleavedBroker BrokerOf(Interleaving run, InMemoryStore store, InMemorySigningKeyStore keys, string name) =>
        new(run, store, name, instance => new SigningKeyCache(new KeyRingRegistry(instance, run.Clock), keys, run.Clock));

    private static KeyRotations RotationsOf(Interleaving run, InterleavedBroker broker, InMemorySigningKeyStore keys, InMemoryStore store) => new(
        new KeyRingRegistry(broker.Store, run.Clock), keys, (SigningKeyCache)broker.Keys, new HostRegistry(store), broker.Revocations, broker.Journal, new RotationRules(), run.Clock);

    private sealed record Revoked(ulong Serial, SshPublicKey Ca, long Version);
}
