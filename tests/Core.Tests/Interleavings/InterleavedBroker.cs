using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Passcodes;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;
using SshFunctions.Core.Rotation;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Proofs.Schedules;
using SshFunctions.Support.Signers;
using SshFunctions.Support.Store;

namespace SshFunctions.Core.Tests.Interleavings;

/// <summary>One process of a broker, as far as the runs here need it.</summary>
internal sealed class InterleavedBroker : IAsyncDisposable
{
    private static readonly SshPrivateKey Key = SshPrivateKey.GenerateEcdsa(256);

    public InterleavedBroker(Interleaving run, InMemoryStore shared, string name, Func<StoreInstance, ISigningKeys>? keys = null)
    {
        Store = run.Instance(name, shared);
        Journal = new JournalWriter(Store, run.Clock, name, "1.0", JournalMaintenance.IdleLimit);
        Reader = new JournalReader(Store, run.Clock);
        Tree = new ResourceTree(Store, Journal);
        Grants = new GrantRegistry(Store, Journal);
        Revocations = new RevocationRegistry(Store, Journal, run.Clock);
        Access = new AccessEvaluator(Tree, Grants, Revocations);
        Passcodes = new PasscodeRegistry(Store, Access, Tree, Revocations, Journal, run.Clock);
        var signer = new InMemoryCertificateSigner(Key);
        Keys = keys?.Invoke(Store) ?? new FixedSigningKeys(signer, signer, new InMemoryStatementSigner(Key), run.Clock);
        Publisher = new RevocationListPublisher(Revocations, Keys, run.Clock);
        Revoker = new AccessRevoker(Revocations, Grants, Passcodes, Reader, TimeSpan.FromMinutes(15), run.Clock);
    }

    public StoreInstance Store { get; }

    public JournalWriter Journal { get; }

    public JournalReader Reader { get; }

    public ResourceTree Tree { get; }

    public GrantRegistry Grants { get; }

    public RevocationRegistry Revocations { get; }

    public AccessEvaluator Access { get; }

    public PasscodeRegistry Passcodes { get; }

    public ISigningKeys Keys { get; }

    public RevocationListPublisher Publisher { get; }

    public AccessRevoker Revoker { get; }

    /// <summary>acme/production/web with a host, and a grant of alice on it.</summary>
    public async Task MakeWebAsync()
    {
        Broker.Must(await Tree.PutProjectAsync(Broker.Admin, new Project(Broker.Web.Parent.Parent, "", SshSwitch.Enabled), default));
        Broker.Must(await Tree.PutEnvironmentAsync(Broker.Admin, new ProjectEnvironment(Broker.Web.Parent, "", SshSwitch.Enabled, Protected: false), default));
        Broker.Must(await Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf(hosts: "web.example.com"), default));
        Broker.Must(await Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1"), default));
        Assert.True(await new HostRegistry(Store).TryInsertAsync(Broker.EnrolledHostOf(), default));
    }

    public async ValueTask DisposeAsync()
    {
        await Journal.DisposeAsync();
        Publisher.Dispose();
    }
}
