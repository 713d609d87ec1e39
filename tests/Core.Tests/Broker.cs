using System.Collections.Immutable;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.GitPasswords;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Passcodes;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;
using SshFunctions.Core.Sessions;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Signers;
using SshFunctions.Support.Store;
using SshFunctions.Support.Time;

namespace SshFunctions.Core.Tests;

/// <summary>A whole broker of one instance in memory, under a clock that stands still.</summary>
internal sealed class Broker : IAsyncDisposable
{
    public static readonly Caller Admin = new(CallerKind.Person, Subject.Parse("root@example.com"), []);
    public static readonly Caller Alice = new(CallerKind.Person, Subject.Parse("alice"), []);
    public static readonly ResourcePath Web = ResourcePath.Parse("acme/production/web");
    public static readonly Login Deploy = Login.Parse("deploy");
    public static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(15);
    private readonly SshPrivateKey _userCa;
    private readonly SshPrivateKey _hostCa = SshPrivateKey.GenerateEcdsa(256);
    private readonly SshPrivateKey _journalKey = SshPrivateKey.GenerateEcdsa(256);
    private readonly SshPrivateKey _client = SshPrivateKey.GenerateEcdsa(256);

    public Broker(InMemoryStore? store = null, ManualClock? clock = null, string instance = "one", Broker? before = null)
    {
        // The one that goes on where another ended has its key, and must end before it.
        _userCa = before?._userCa ?? SshPrivateKey.GenerateEcdsa(256);
        Store = store ?? new InMemoryStore();
        Store.Spares = IsEndOfSegment;
        Clock = clock ?? new ManualClock();
        Journal = new JournalWriter(Store, Clock, instance, "1.0");
        Reader = new JournalReader(Store, Clock);
        Tree = new ResourceTree(Store, Journal);
        Grants = new GrantRegistry(Store, Journal);
        Revocations = new RevocationRegistry(Store, Journal, Clock, Signal);
        Access = new AccessEvaluator(Tree, Grants, Revocations);
        Signer = new InMemoryCertificateSigner(_userCa);
        Statements = new InMemoryStatementSigner(_journalKey);
        HostSigner = new InMemoryCertificateSigner(_hostCa);
        SigningKeys = new FixedSigningKeys(Signer, HostSigner, Statements, Clock);
        Certificates = new CertificateAuthority(SigningKeys, Access, Revocations, Journal, new CertificateLimits(LongestLife), Clock);
        Passcodes = new PasscodeRegistry(Store, Access, Tree, Revocations, Journal, Clock);
        Spent = new SpentCertificates(Store, Reader, Journal, Revocations, SigningKeys, Clock);
        Revoker = new AccessRevoker(Revocations, Grants, Passcodes, Reader, LongestLife, Clock);
        Publisher = new RevocationListPublisher(Revocations, SigningKeys, Clock);
        Keys = new KeyRegistry(Store, Journal, Revocations, Clock);
        KeyAccess = new KeyAccess(Keys, Grants, Access, Revocations, Tree, Clock);
        Tokens = new AccessTokenRegistry(Store, Keys, Journal, Clock);
        Challenges = new SignInChallenges(Store, Clock);
        GitPasswords = new GitPasswordRegistry(Store, Access, Tree, Grants, Journal, Clock);
        Hosts = new HostRegistry(Store);
        EnrollmentTokens = new EnrollmentTokenRegistry(Store, Tree, Journal, Clock);
        Enrollment = new HostEnrollment(Hosts, EnrollmentTokens, Tokens, new SpentTokens(Store, Clock), Tree, Revocations, SigningKeys, Journal, Clock);
        SharedHostKeys = new SharedHostKeys(Hosts, Revocations);
        HostRemoval = new HostRemoval(Hosts, Tokens, SharedHostKeys, Journal);
        HostRevoker = new HostRevoker(SharedHostKeys, HostRemoval, Revocations, Clock);
        Tunnels = new TunnelCertificateAuthority(SigningKeys, Hosts, Tree, Revocations, Journal);
        HostCertificates = new HostCertificateAuthority(SigningKeys, Hosts, Tree, Revocations, Journal, Clock);
        Reporting = new HostReporting(Hosts, Store, Journal, Clock);
        Rules = new AccessRuleRegistry(Store, Journal, Tree);
        Approvers = new AccessApprovers(new Authority(Grants, Clock), Rules, Clock);
        Requests = new AccessRequests(
            Store, Grants, Journal, Approvers, new AttachedKeys(Keys, Revoker, Hosts, SigningKeys, Journal), Tree, Revocations, Revoker, Clock, Nudges);
        Sessions = new SessionRecorder(new SessionExplainer(SigningKeys, Reader, Revocations, KeyAccess, Store, Clock), Store, Journal, Clock);
        SignIn = new SshKeySignIn(Challenges, Keys, Revocations, Tokens, Journal, Clock);
    }

    public InMemoryStore Store { get; }

    public ManualClock Clock { get; }

    public JournalWriter Journal { get; }

    public JournalReader Reader { get; }

    public ResourceTree Tree { get; }

    public GrantRegistry Grants { get; }

    public RevocationRegistry Revocations { get; }

    public RevocationSignal Signal { get; } = new();

    public AccessEvaluator Access { get; }

    public InMemoryCertificateSigner Signer { get; }

    public InMemoryStatementSigner Statements { get; }

    public CertificateAuthority Certificates { get; }

    public AccessRevoker Revoker { get; }

    public RevocationListPublisher Publisher { get; }

    public AccessTokenRegistry Tokens { get; }

    public KeyRegistry Keys { get; }

    public SignInChallenges Challenges { get; }

    public SshKeySignIn SignIn { get; }

    public AccessRuleRegistry Rules { get; }

    public AccessApprovers Approvers { get; }

    public AccessRequests Requests { get; }

    public RememberedMessages Nudges { get; } = new();

    public GitPasswordRegistry GitPasswords { get; }

    public InMemoryCertificateSigner HostSigner { get; }

    public FixedSigningKeys SigningKeys { get; }

    public HostRegistry Hosts { get; }

    public EnrollmentTokenRegistry EnrollmentTokens { get; }

    public HostEnrollment Enrollment { get; }

    public SharedHostKeys SharedHostKeys { get; }

    public HostRemoval HostRemoval { get; }

    public HostRevoker HostRevoker { get; }

    public HostCertificateAuthority HostCertificates { get; }

    public TunnelCertificateAuthority Tunnels { get; }

    public HostReporting Reporting { get; }

    public SessionRecorder Sessions { get; }

    public PasscodeRegistry Passcodes { get; }

    public SpentCertificates Spent { get; }

    public KeyAccess KeyAccess { get; }

    public SshPublicKey ClientKey => _client.PublicKey;

    public DateTimeOffset Now => Clock.GetUtcNow();

    public static Grant GrantOf(string id, string path = "acme/production/web", string holder = "subject=alice", Role role = Role.Developer) =>
        new(GrantId.Parse(id), ResourcePath.Parse(path), role, Holder.Parse(holder), null, null, null, [Permission.Pty], null, null);

    public static EnrolledHost EnrolledHostOf(string path = "acme/production/web", int? instance = null) =>
        new(HostId.Generate(), ResourcePath.Parse(path), instance, null, [], "admin", new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Has a resource a host that may take passcodes, unless there is one.</summary>
    public async Task MakeTakerAsync(ResourcePath? path = null, int? instance = null)
    {
        if (!await Hosts.ListAsync(path ?? Web, null, default).AnyAsync())
            Assert.True(await Hosts.TryInsertAsync(EnrolledHostOf((path ?? Web).Text, instance), default));
    }

    public static Caller CallerOf(EnrolledHost host) => new(CallerKind.Host, host.Id.Subject, []);

    /// <summary>A host as people write it: NAME[:PORT], the name perhaps a pattern.</summary>
    public static ResourceHost HostOf(string text)
    {
        bool pattern = text.StartsWith("*.", StringComparison.Ordinal);
        HostAddress address = HostAddress.Parse(pattern ? text[2..] : text);
        Assert.True(ResourceHost.TryCreate((pattern ? "*." : "") + address.Name, address.Port, null, out ResourceHost host), text);
        return host;
    }

    public static Resource ResourceOf(string path = "acme/production/web", params string[] hosts) => new(
        ResourcePath.Parse(path),
        [.. hosts.Select(HostOf)],
        [LoginRule.Of(Deploy), LoginRule.Parse("root")],
        CertificateProfileName.Sshd,
        "",
        SshSwitch.Enabled,
        null);

    /// <summary>acme, acme/production, acme/production/web and a grant of alice on it.</summary>
    public async Task<Resource> MakeWebAsync(bool withGrant = true)
    {
        await MakeEnvironmentAsync();
        Resource web = Must(await Tree.PutResourceAsync(Admin, ResourceOf(hosts: "web.example.com"), default));
        if (withGrant) Must(await Grants.PutAsync(Admin, GrantOf("g1"), default));
        return web;
    }

    /// <summary>Enrolls a host by a token of an admin.</summary>
    public async Task<AdmittedHost> EnrollAsync(string place = "acme/production/web", params SshPublicKey[] keys)
    {
        CreatedEnrollmentToken token = Must(await EnrollmentTokens.CreateAsync(Admin, HostPlace.Parse(place), null, default));
        using Secret secret = token.Secret;
        var order = new HostOrder([.. keys.Length == 0 ? [ClientKey] : keys], "9.2", "web-1");
        return Must(await Enrollment.EnrollAsync($"{token.Token.Id}.{secret.Reveal()}", order, default));
    }

    /// <summary>The caller that a host's token proves.</summary>
    public static Caller CallerOf(AdmittedHost admitted) =>
        new(CallerKind.Host, admitted.Host.Id.Subject, [], admitted.Token.Token.Id, admitted.Token.Token.Expires);

    public async Task MakeEnvironmentAsync(string path = "acme/production")
    {
        ResourcePath environment = ResourcePath.Parse(path);
        Must(await Tree.PutProjectAsync(Admin, new Project(environment.Parent, "", SshSwitch.Enabled), default));
        Must(await Tree.PutEnvironmentAsync(Admin, new ProjectEnvironment(environment, "", SshSwitch.Enabled, Protected: false), default));
    }

    public Task<Result<IssuedCertificate>> IssueAsync(
        Resource resource, Caller? caller = null, TimeSpan? lifetime = null, SshPublicKey? key = null) =>
        Certificates.IssueAsync(caller ?? Alice, new UserCertificateOrder(resource, Deploy, key ?? ClientKey, lifetime), default);

    /// <summary>What whoever stole the user CA key could sign.</summary>
    public SshCertificate SignAsUserCa(CertificateContent content)
    {
        byte[] toBeSigned = content.ToBeSigned(_userCa.PublicKey);
        return SshCertificate.Assemble(toBeSigned, _userCa.Sign(toBeSigned));
    }

    /// <summary>Every entry of the journal in order, after its chain was checked.</summary>
    // A segment whose commit failed is ended in the background, beside the next thing that a test does.
    private static bool IsEndOfSegment(string partition, IReadOnlyList<DocumentChange> changes) => changes[0] switch
    {
        DocumentChange.Replace when partition == "segments" => changes[0].Row.StartsWith("s:", StringComparison.Ordinal),
        DocumentChange.Insert insert when partition.StartsWith("journal:", StringComparison.Ordinal) =>
            changes.Count == 1 && insert.Body.Span.IndexOf("\"segment.closed\""u8) >= 0,
        _ => false,
    };

    public async Task<ImmutableArray<JournalEntry>> EntriesAsync()
    {
        ImmutableArray<JournalEntry>.Builder entries = ImmutableArray.CreateBuilder<JournalEntry>();
        await foreach (SegmentRecord record in new SegmentRegistry(Store, Clock).ListAsync(default))
        {
            long segment = record.Segment;
            var chain = new JournalChain(segment);
            await foreach (ReadOnlyMemory<byte> encoded in Reader.ReadSegmentAsync(segment, default))
            {
                Assert.True(chain.TryContinue(encoded, out JournalEntry? entry, out string? fault), fault);
                entries.Add(entry!);
            }
        }

        return entries.ToImmutable();
    }

    public async Task<ImmutableArray<T>> EventsAsync<T>()
        where T : JournalEvent => [.. (await EntriesAsync()).Select(entry => entry.Event).OfType<T>()];

    public static T Must<T>(Result<T> result)
        where T : notnull =>
        result.Try(out T? value, out Refusal? refusal) ? value : throw new InvalidOperationException($"{refusal.GetType().Name}: {refusal.Detail}");

    public static TRefusal Refused<TRefusal>(Refusal? refusal)
        where TRefusal : Refusal
    {
        TRefusal refused = Assert.IsType<TRefusal>(refusal);
        Assert.NotEmpty(refused.Detail);
        return refused;
    }

    public async ValueTask DisposeAsync()
    {
        Store.IsAway = false;
        Signer.Release();
        await Journal.DisposeAsync();
        Publisher.Dispose();
        _userCa.Dispose();
        _hostCa.Dispose();
        _journalKey.Dispose();
        _client.Dispose();
    }
}
