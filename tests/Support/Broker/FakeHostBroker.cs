using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Revocation;
using SshFunctions.Ssh.Signatures;

namespace SshFunctions.Support.Broker;

/// <summary>What a broker tells an enrolled host, on a <see cref="FakeBroker"/>: a test changes it as a broken or hostile broker would.</summary>
public sealed class FakeHostBroker : IDisposable
{
    /// <summary>The only host it knows; its token is <see cref="FakeBroker.Token"/>.</summary>
    public const string Host = "abcdefghijklmnop";

    /// <summary>What that host is.</summary>
    public const string Resource = "acme/production/web";

    private readonly ConcurrentQueue<SessionEvent> _events = new();
    private readonly ConcurrentQueue<ReportHostRequest> _reports = new();
    private readonly SemaphoreSlim _told = new(0);

    /// <summary>Starts it with an empty list of version 1.</summary>
    public FakeHostBroker()
    {
        Trust = Bundle(1);
        Publish(1);
        Broker.On("GET", Routes.TrustBundle, _ => FakeAnswer.Of(Trust, ApiJson.Default.TrustBundleResponse));
        Broker.On("GET", Routes.SignedTrustBundle, _ => FakeAnswer.Of(SignedTrust(), ApiJson.Default.SignedTrustBundleResponse));
        Broker.On("GET", Routes.RevocationList, ListAnswer);
        Broker.On("GET", Routes.RevocationListSignature, _ => new FakeAnswer(200, Signature) { Tag = SignatureTag });
        Broker.On("POST", $"/api/hosts/{Host}/sessions", TakeSessions);
        Broker.On("POST", $"/api/hosts/{Host}/report", TakeReport);
    }

    /// <summary>The broker itself.</summary>
    public FakeBroker Broker { get; } = new();

    /// <summary>Signs lists.</summary>
    public SshPrivateKey Journal { get; } = SshPrivateKey.GenerateEcdsa(256);

    /// <summary>Signs user certificates.</summary>
    public SshPrivateKey UserCa { get; } = SshPrivateKey.GenerateEcdsa(256);

    /// <summary>Signs host certificates.</summary>
    public SshPrivateKey HostCa { get; } = SshPrivateKey.GenerateEcdsa(256);

    /// <summary>The trust bundle.</summary>
    public TrustBundleResponse Trust { get; set; }

    /// <summary>Who signs the trust bundle; null for <see cref="Journal"/>.</summary>
    public SshPrivateKey? TrustSigner { get; set; }

    /// <summary>How hosts get from one journal key to the next.</summary>
    public IReadOnlyList<SignedHandover> Handovers { get; set; } = [];

    /// <summary>The KRL.</summary>
    public byte[] List { get; set; } = [];

    /// <summary>What stands beside it as its signature.</summary>
    public string Signature { get; set; } = "";

    /// <summary>The tag of the list.</summary>
    public string ListTag { get; set; } = "";

    /// <summary>The tag of the signature.</summary>
    public string SignatureTag { get; set; } = "";

    /// <summary>The logins and logouts that it was told of.</summary>
    public IReadOnlyList<SessionEvent> Events => [.. _events];

    /// <summary>The reports that it was given.</summary>
    public IReadOnlyList<ReportHostRequest> Reports => [.. _reports];

    /// <summary>The alarms in those.</summary>
    public IReadOnlyList<HostAlarm> Alarms => [.. _reports.SelectMany(report => report.Alarms ?? [])];

    /// <summary>Waits until it was told enough.</summary>
    /// <param name="enough">Looked at after every request that tells something.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task WaitAsync(Func<bool> enough, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(enough);
        while (!enough())
            await _told.WaitAsync(cancellationToken);
    }

    /// <summary>Puts a list and its signature into force, as an honest broker does.</summary>
    /// <param name="version">Its version.</param>
    /// <param name="revoke">What it revokes.</param>
    public void Publish(ulong version, Action<RevocationListBuilder>? revoke = null)
    {
        List = Build(version, revoke);
        Signature = SshSig.Sign(Journal, "krl@sshfn", List);
        ListTag = SignatureTag = string.Create(CultureInfo.InvariantCulture, $"\"{version}-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(List))[..8]}\"");
    }

    /// <summary>A KRL.</summary>
    /// <param name="version">Its version.</param>
    /// <param name="revoke">What it revokes.</param>
    public static byte[] Build(ulong version, Action<RevocationListBuilder>? revoke = null)
    {
        var builder = new RevocationListBuilder();
        revoke?.Invoke(builder);
        return builder.Build(version, DateTimeOffset.UnixEpoch, "test");
    }

    /// <summary>A trust bundle with the keys here.</summary>
    /// <param name="version">Its version.</param>
    public TrustBundleResponse Bundle(long version) => new(version, [Key(UserCa)], [Key(HostCa)], [Key(Journal)]);

    /// <summary>A bundle with the signature of a journal key.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="signer">Who signs.</param>
    public static SignedHandover SignTrust(TrustBundleResponse bundle, SshPrivateKey signer)
    {
        string text = JsonSerializer.Serialize(bundle, ApiJson.Default.TrustBundleResponse);
        return new SignedHandover(text, SshSig.Sign(signer, "sshfn-trust", Encoding.UTF8.GetBytes(text)));
    }

    private SignedTrustBundleResponse SignedTrust()
    {
        SignedHandover signed = SignTrust(Trust, TrustSigner ?? Journal);
        return new SignedTrustBundleResponse(signed.Bundle, signed.Signature, Handovers);
    }

    /// <summary>A key as a bundle names it.</summary>
    /// <param name="key">The key.</param>
    public static CaKey Key(SshPrivateKey key) => new(key.PublicKey.ToText(), key.PublicKey.Fingerprint.ToString(), "active");

    /// <summary>Signs a list of registered keys.</summary>
    /// <param name="document">The list.</param>
    /// <param name="signer">Who signs; null for the journal key.</param>
    public AuthorizedKeysResponse Sign(AuthorizedKeysDocument document, SshPrivateKey? signer = null)
    {
        string text = JsonSerializer.Serialize(document, ApiJson.Default.AuthorizedKeysDocument);
        return new AuthorizedKeysResponse(text, SshSig.Sign(signer ?? Journal, "authorized-keys@sshfn", Encoding.UTF8.GetBytes(text)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Broker.Dispose();
        _told.Dispose();
        Journal.Dispose();
        UserCa.Dispose();
        HostCa.Dispose();
    }

    private FakeAnswer ListAnswer(FakeRequest request) => request.IfNoneMatch == ListTag
        ? new FakeAnswer(304, "") { Tag = ListTag }
        : new FakeAnswer(200, "") { Bytes = List, Tag = ListTag };

    /// <summary>Takes logins and logouts, for a test that answers this route by itself for a while.</summary>
    /// <param name="request">The request.</param>
    public FakeAnswer TakeSessions(FakeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        foreach (SessionEvent one in JsonSerializer.Deserialize(request.Body, ApiJson.Default.RecordSessionsRequest)!.Events)
            _events.Enqueue(one);
        _told.Release();
        return FakeAnswer.Of(new RecordedSessionsResponse([]), ApiJson.Default.RecordedSessionsResponse);
    }

    /// <summary>Takes a report, for a test that answers this route by itself for a while.</summary>
    /// <param name="request">The request.</param>
    public FakeAnswer TakeReport(FakeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        _reports.Enqueue(JsonSerializer.Deserialize(request.Body, ApiJson.Default.ReportHostRequest)!);
        _told.Release();
        return new FakeAnswer(200, "{}");
    }
}
