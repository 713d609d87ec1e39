using System.Net;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Passcodes;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Signers;
using SshFunctions.Support.Time;

namespace SshFunctions.Support.Passcodes;

/// <summary>One broker of several on one store, as far as single use needs it.</summary>
internal sealed class SingleUseBroker : IAsyncDisposable
{
    private static readonly Caller Alice = new(CallerKind.Person, Subject.Parse("alice"), []);
    private static readonly Caller Admin = new(CallerKind.Person, Subject.Parse("root@example.com"), []);
    private static readonly Login Deploy = Login.Parse("deploy");
    private static readonly ResourcePath Web = ResourcePath.Parse("acme/production/web");
    private static readonly SshPrivateKey UserCa = SshPrivateKey.GenerateEcdsa(256);
    private readonly EnrollmentTokenRegistry _enrollmentTokens;
    private readonly HostEnrollment _enrollment;
    private readonly JournalWriter _journal;
    private readonly JournalReader _reader;
    private readonly ResourceTree _tree;
    private readonly GrantRegistry _grants;
    private readonly PasscodeRegistry _passcodes;
    private readonly CertificateAuthority _certificates;
    private readonly SpentCertificates _spent;

    public SingleUseBroker(IStore store, string instance)
    {
        var clock = new ManualClock();
        _journal = new JournalWriter(store, clock, instance, "1.0");
        _reader = new JournalReader(store, clock);
        _tree = new ResourceTree(store, _journal);
        _grants = new GrantRegistry(store, _journal);
        var revocations = new RevocationRegistry(store, _journal, clock);
        var access = new AccessEvaluator(_tree, _grants, revocations);
        _passcodes = new PasscodeRegistry(store, access, _tree, revocations, _journal, clock);
        _enrollmentTokens = new EnrollmentTokenRegistry(store, _tree, _journal, clock);
        var tokens = new AccessTokenRegistry(store, new KeyRegistry(store, _journal, revocations, clock), _journal, clock);
        var signer = new InMemoryCertificateSigner(UserCa);
        var keys = new FixedSigningKeys(signer, signer, new InMemoryStatementSigner(UserCa), clock);
        _enrollment = new HostEnrollment(
            new HostRegistry(store), _enrollmentTokens, tokens, new SpentTokens(store, clock), _tree, revocations, keys, _journal, clock);
        var limits = new CertificateLimits(TimeSpan.FromMinutes(15));
        _certificates = new CertificateAuthority(keys, access, revocations, _journal, limits, clock);
        _spent = new SpentCertificates(store, _reader, _journal, revocations, keys, clock);
    }

    public static EnrolledHost NewHost() => new(HostId.Generate(), Web, null, null, [], "admin", DateTimeOffset.UnixEpoch);

    /// <summary>A resource with an enrolled host, and a grant of single use on it.</summary>
    public async Task MakeTreeAsync()
    {
        Must(await _tree.PutProjectAsync(Admin, new Project(Web.Parent.Parent, "", SshSwitch.Enabled), default));
        Must(await _tree.PutEnvironmentAsync(Admin, new ProjectEnvironment(Web.Parent, "", SshSwitch.Enabled, Protected: false), default));
        Must(await _tree.PutResourceAsync(
            Admin,
            new Resource(Web, [new ResourceHost(HostAddress.Parse("web.example.com:22"))], [LoginRule.Of(Deploy)], CertificateProfileName.Sshd, "", SshSwitch.Enabled, null),
            default));
        var grant = new Grant(GrantId.Parse("g1"), Web, Role.Developer, Holder.Of(Alice.Subject), null, null, null, [Permission.Pty], null, null) { SingleUse = true };
        Must(await _grants.PutAsync(Admin, grant, default));
        CreatedEnrollmentToken token = Must(await _enrollmentTokens.CreateAsync(Admin, new HostPlace(Web, null), null, default));
        using Secret secret = token.Secret;
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        Must(await _enrollment.EnrollAsync($"{token.Token.Id}.{secret.Reveal()}", new HostOrder([key.PublicKey], "9.2", null), default)).Token.Secret.Dispose();
    }

    public async Task<Result<MintedPasscode>> TryMintAsync()
    {
        Resource web = (await _tree.FindResourceAsync(Web, default))!;
        return await _passcodes.MintAsync(Alice, new PasscodeOrder(web, Deploy, null, null, null), default);
    }

    public async Task<string> MintAsync()
    {
        using Secret secret = Must(await TryMintAsync()).Secret;
        return secret.Reveal();
    }

    public async Task<Result<Passcode>> RedeemAsync(EnrolledHost host, string typed)
    {
        using Secret secret = Secret.Of(typed);
        return await _passcodes.RedeemAsync(CallerOf(host), host, secret, Deploy, IPAddress.Loopback, default);
    }

    public async Task<SshCertificate> IssueAsync()
    {
        Resource web = (await _tree.FindResourceAsync(Web, default))!;
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        return Must(await _certificates.IssueAsync(Alice, new UserCertificateOrder(web, Deploy, key.PublicKey, null), default)).Certificate;
    }

    public Task<Result<JournalPosition>> SpendAsync(EnrolledHost host, SshCertificate certificate, string session) =>
        _spent.SpendAsync(CallerOf(host), host, certificate, Deploy, session, default);

    /// <summary>Entries of a kind in every segment.</summary>
    public async Task<int> CountAsync<T>()
        where T : JournalEvent
    {
        int count = 0;
        long newest = await _reader.NewestSegmentAsync(default);
        for (long segment = 1; segment <= newest; segment++)
        {
            await foreach (ReadOnlyMemory<byte> encoded in _reader.ReadSegmentAsync(segment, default))
                count += JournalEntry.Decode(encoded).Event is T ? 1 : 0;
        }

        return count;
    }

    public ValueTask DisposeAsync() => _journal.DisposeAsync();

    private static Caller CallerOf(EnrolledHost host) => new(CallerKind.Host, host.Id.Subject, []);

    private static T Must<T>(Result<T> result)
        where T : notnull =>
        result.Try(out T? value, out Refusal? refusal) ? value : throw new InvalidOperationException($"{refusal.GetType().Name}: {refusal.Detail}");
}
