using SshFunctions.Core.Callers;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;
using SshFunctions.Core.Rotation;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Revocation;
using SshFunctions.Ssh.Signatures;
using SshFunctions.Support.Signers;

namespace SshFunctions.Core.Tests.Revocations;

public sealed class RevocationListPublisherTests
{
    private const int Patience = 60_000;

    [Fact(Timeout = Patience)]
    public async Task The_list_of_nothing_is_a_signed_list_of_version_zero()
    {
        await using var broker = new Broker();
        PublishedList published = await broker.Publisher.ReadAsync(default);
        RevocationList list = RevocationList.Parse(published.Krl.Span);
        Assert.Equal((0UL, 0L), (list.Version, published.Version));
        Assert.All(list.Certificates, each => Assert.Equal(0, each.Serials.Length + each.KeyIds.Count));
        Assert.True(SshSig.Verify(published.Signature, "krl@sshfn", published.Krl.Span, out SshPublicKey? signer, out _));
        Assert.Equal(broker.Statements.PublicKey, signer);
    }

    [Fact(Timeout = Patience)]
    public async Task The_list_revokes_exactly_what_is_in_force()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        Caller bob = new(CallerKind.Person, Subject.Parse("bob"), []);
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g2", holder: "subject=bob"), default));
        using SshPrivateKey other = SshPrivateKey.GenerateEcdsa(256);
        SshCertificate bySerial = Broker.Must(await broker.IssueAsync(web)).Certificate;
        SshCertificate spared = Broker.Must(await broker.IssueAsync(web)).Certificate;
        SshCertificate byKey = Broker.Must(await broker.IssueAsync(web, key: other.PublicKey)).Certificate;
        SshCertificate bySubject = Broker.Must(await broker.IssueAsync(web, bob)).Certificate;
        Broker.Must(await broker.Revoker.RevokeSerialAsync(Broker.Admin, bySerial.Content.Serial, "why", default));
        Broker.Must(await broker.Revoker.RevokeKeyAsync(Broker.Admin, other.PublicKey.Fingerprint, "why", default));
        Broker.Must(await broker.Revoker.RevokeSubjectAsync(Broker.Admin, bob.Subject, "why", default));
        RevocationList list = RevocationList.Parse((await broker.Publisher.ReadAsync(default)).Krl.Span);
        Assert.True(list.IsRevoked(bySerial));
        Assert.True(list.IsRevoked(byKey));
        Assert.True(list.IsRevoked(other.PublicKey));
        Assert.True(list.IsRevoked(bySubject));
        Assert.False(list.IsRevoked(spared));
        Assert.False(list.IsRevoked(broker.ClientKey));
        Broker.Must(await broker.Revocations.LiftAsync(Broker.Admin, "subject:bob", default));
        Assert.False(RevocationList.Parse((await broker.Publisher.ReadAsync(default)).Krl.Span).IsRevoked(bySubject));
    }

    [Fact(Timeout = Patience)]
    public async Task A_version_is_signed_once_however_many_read_it()
    {
        await using var broker = new Broker();
        PublishedList[] lists = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => broker.Publisher.ReadAsync(default).AsTask())));
        Assert.Single(lists.Distinct());
        Assert.Equal(1, broker.Statements.SignedCount);
        Broker.Must(await broker.Revoker.RevokeSubjectAsync(Broker.Admin, Broker.Alice.Subject, "why", default));
        PublishedList next = await broker.Publisher.ReadAsync(default);
        Assert.Equal(1, next.Version);
        Assert.NotEqual(lists[0].Id, next.Id);
        Assert.Equal(2, broker.Statements.SignedCount);
    }

    [Fact(Timeout = Patience)]
    public async Task A_list_revokes_what_a_key_signed_that_another_broker_put_in_force_a_moment_ago()
    {
        await using var broker = new Broker();
        using var keys = new InMemorySigningKeyStore();
        var rings = new KeyRingRegistry(broker.Store, broker.Clock);
        Broker.Must(await rings.AdoptAsync(keys.PutFirst(), default));
        using var here = new SigningKeyCache(rings, keys, broker.Clock);
        using var there = new SigningKeyCache(rings, keys, broker.Clock);
        using var publisher = new RevocationListPublisher(broker.Revocations, here, broker.Clock);
        await publisher.ReadAsync(default);
        var rotations = new KeyRotations(rings, keys, there, broker.Hosts, broker.Revocations, broker.Journal, new RotationRules(), broker.Clock);
        Broker.Must(await rotations.StartAsync(Broker.Admin, KeyPurpose.UserCa, emergency: true, default));
        SshPublicKey signed = (await there.ReadAsync(default)).UserCa.PublicKey;
        var revocation = new Revocation(RevocationKind.Serial, "7", "leaked", Broker.Admin.Subject, broker.Now, broker.Now.AddHours(1));
        Broker.Must(await broker.Revocations.RevokeAsync(Broker.Admin, [revocation], "leaked", default));

        RevocationList list = RevocationList.Parse((await publisher.ReadAsync(default)).Krl.Span);

        Assert.Contains(list.Certificates, each => each.CaWire.Span.SequenceEqual(signed.Wire.Span) && each.Serials is [{ First: 7, Last: 7 }]);
    }

    [Fact(Timeout = Patience)]
    public async Task A_list_built_while_others_revoke_holds_all_that_its_version_says()
    {
        await using var broker = new Broker();
        await using var other = new Broker(broker.Store, broker.Clock, "two");
        const int Count = 60;
        Task revoking = Task.Run(async () =>
        {
            for (int number = 1; number <= Count; number++)
                Broker.Must(await other.Revoker.RevokeSubjectAsync(Broker.Admin, Subject.Parse($"s{number}"), "why", default));
        });
        long seen = 0;
        while (seen < Count)
        {
            PublishedList published = await Task.Run(() => broker.Publisher.ReadAsync(default).AsTask());
            RevocationList list = RevocationList.Parse(published.Krl.Span);
            Assert.True(published.Version >= seen);
            Assert.Equal((ulong)published.Version, list.Version);
            // What was revoked while it was built may be in it too.
            Assert.InRange(list.Certificates.Sum(each => each.KeyIds.Count), (int)published.Version, Count);
            seen = published.Version;
        }

        await revoking;
    }

    [Fact(Timeout = Patience)]
    public async Task A_list_is_published_however_often_its_version_moves()
    {
        await using var broker = new Broker();
        var moving = new MovingStore(broker.Store, () => broker.Revocations.RaiseAsync(default));
        using var publisher = new RevocationListPublisher(new RevocationRegistry(moving, broker.Journal, broker.Clock), broker.SigningKeys, broker.Clock);
        Broker.Must(await broker.Revoker.RevokeSubjectAsync(Broker.Admin, Broker.Alice.Subject, "why", default));
        PublishedList published = await publisher.ReadAsync(default);
        Assert.Single(RevocationList.Parse(published.Krl.Span).Certificates, each => each.KeyIds.Count == 1);
        Assert.InRange(published.Version, 1, await broker.Revocations.ReadVersionAsync(default));
    }

    [Fact(Timeout = Patience)]
    public async Task While_the_journal_key_is_away_a_built_list_is_still_read_and_a_new_one_is_not_made_up()
    {
        await using var broker = new Broker();
        await broker.Publisher.ReadAsync(default);
        broker.Statements.IsAway = true;
        Assert.Equal(0, (await broker.Publisher.ReadAsync(default)).Version);
        Broker.Must(await broker.Revoker.RevokeSubjectAsync(Broker.Admin, Broker.Alice.Subject, "why", default));
        await Assert.ThrowsAsync<SignerUnavailableException>(async () => await broker.Publisher.ReadAsync(default));
        broker.Statements.IsAway = false;
        Assert.Equal(1, (await broker.Publisher.ReadAsync(default)).Version);
    }

    /// <summary>Something changes at every listing.</summary>
    private sealed class MovingStore(IStore inner, Func<Task> move) : IStore
    {
        public ValueTask<StoredDocument?> GetAsync(DocumentKey key, CancellationToken cancellationToken) => inner.GetAsync(key, cancellationToken);

        public async ValueTask<DocumentPage> ListAsync(string partition, RowRange range, CancellationToken cancellationToken)
        {
            await move();
            return await inner.ListAsync(partition, range, cancellationToken);
        }

        public ValueTask<CommitResult> CommitAsync(string partition, IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken) =>
            inner.CommitAsync(partition, changes, cancellationToken);
    }
}
