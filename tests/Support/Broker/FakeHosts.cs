using System.Globalization;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Revocation;
using SshFunctions.Ssh.Signatures;

namespace SshFunctions.Support.Broker;

/// <summary>What a fake broker tells hosts: trust, an empty KRL, enrollment with one token, host certificates.</summary>
public sealed class FakeHosts : IDisposable
{
    /// <summary>What enrolls, once.</summary>
    public const string EnrollmentToken = "enr_1.b25jZQ";

    /// <summary>The token that the host is given.</summary>
    public const string HostToken = "hst_1.aG9zdA";

    /// <summary>Its identifier.</summary>
    public const string Id = "abcdefghijklmnop";

    /// <summary>What it is.</summary>
    public const string Resource = "acme/production/web";

    private readonly FakeBroker _broker;
    private readonly SshPrivateKey _journalKey = SshPrivateKey.GenerateEcdsa(256);

    /// <summary>Adds the routes.</summary>
    /// <param name="broker">Whose.</param>
    public FakeHosts(FakeBroker broker)
    {
        ArgumentNullException.ThrowIfNull(broker);
        _broker = broker;
        broker.Knows = token => token == FakeBroker.Token || (token == HostToken && IsEnrolled);
        broker.On("GET", Routes.TrustBundle, _ => FakeAnswer.Of(Trust, ApiJson.Default.TrustBundleResponse));
        broker.On("GET", Routes.RevocationList, _ => new FakeAnswer(200, "") { Bytes = RevocationList });
        broker.On("GET", Routes.RevocationListSignature, _ => new FakeAnswer(200, SshSig.Sign(_journalKey, "krl@sshfn", RevocationList)));
        broker.On("POST", Routes.Hosts, request => Enroll(request.Body));
        broker.On("POST", Routes.HostCertificates, request => CertifyKey(request.Body));
        broker.On("POST", Routes.HostReport.Replace("{id}", Id, StringComparison.Ordinal), request => TakeReport(request.Body));
        broker.On("GET", Routes.Me, _ => new FakeAnswer(200, "{}"));
        broker.On("DELETE", Routes.Host.Replace("{id}", Id, StringComparison.Ordinal), _ => Forget());
    }

    /// <summary>Whether the host is enrolled.</summary>
    public bool IsEnrolled { get; set; }

    /// <summary>Whether the enrollment token is used up.</summary>
    public bool IsTokenUsed { get; set; }

    /// <summary>What the last enrollment told.</summary>
    public EnrollHostRequest? Request { get; private set; }

    /// <summary>The last report of the host.</summary>
    public ReportHostRequest? Report { get; private set; }

    /// <summary>The KRL; empty at first.</summary>
    public byte[] RevocationList { get; set; } = new RevocationListBuilder().Build(1, TimeProvider.System.GetUtcNow());

    /// <summary>The name in host certificates.</summary>
    public string HostName { get; set; } = "127.0.0.1";

    private TrustBundleResponse Trust => new(1, [Active(_broker.Authority.CaKey)], [Active(_broker.Authority.HostCaKey)], [Active(_journalKey.PublicKey)]);

    /// <inheritdoc/>
    public void Dispose() => _journalKey.Dispose();

    private static CaKey Active(SshPublicKey key) => new(key.ToText(), key.Fingerprint.ToString(), "active");

    private FakeAnswer Enroll(string body)
    {
        Request = JsonSerializer.Deserialize(body, ApiJson.Default.EnrollHostRequest)!;
        if (IsTokenUsed || Request.EnrollmentToken != EnrollmentToken)
            return FakeAnswer.Problem(401, ProblemTypes.Unauthenticated, "The enrollment token is unknown, used or expired.");
        IsTokenUsed = IsEnrolled = true;
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        HostResponse host = new(Id, Resource, null, Request.Name, Request.HostKeys, "admin", now);
        return FakeAnswer.Of(new EnrolledHostResponse(host, HostToken, now + TimeSpan.FromDays(366)), ApiJson.Default.EnrolledHostResponse);
    }

    private FakeAnswer CertifyKey(string body)
    {
        string key = JsonSerializer.Deserialize(body, ApiJson.Default.IssueHostCertificateRequest)!.PublicKey;
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return FakeAnswer.Of(
            new HostCertificateResponse(
                _broker.Authority.CertifyHost(key, HostName), 1, string.Create(CultureInfo.InvariantCulture, $"host:{Id}"), [HostName], now, now.AddHours(1), ""),
            ApiJson.Default.HostCertificateResponse);
    }

    private FakeAnswer TakeReport(string body)
    {
        Report = JsonSerializer.Deserialize(body, ApiJson.Default.ReportHostRequest);
        return new FakeAnswer(204, "");
    }

    private FakeAnswer Forget()
    {
        IsEnrolled = false;
        return new FakeAnswer(204, "");
    }
}
