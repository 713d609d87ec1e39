using System.Globalization;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Support.Broker;

/// <summary>A fake broker whose only host is yet to be enrolled: one enrollment token, host certificates, its end.</summary>
public sealed class FakeHosts
{
    /// <summary>What enrolls, once.</summary>
    public const string EnrollmentToken = "enr_1.b25jZQ";

    /// <summary>The token that the host is given.</summary>
    public const string HostToken = "hst_1.aG9zdA";

    /// <summary>Its identifier.</summary>
    public const string Id = FakeHostBroker.Host;

    /// <summary>What it is.</summary>
    public const string Resource = FakeHostBroker.Resource;

    private readonly FakeBroker _broker;

    /// <summary>Adds the routes.</summary>
    /// <param name="hosts">What an enrolled host is told; its certificates are the broker's authority's from now on.</param>
    public FakeHosts(FakeHostBroker hosts)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        FakeBroker broker = _broker = hosts.Broker;
        hosts.Trust = hosts.Trust with { UserCaKeys = [Active(broker.Authority.CaKey)], HostCaKeys = [Active(broker.Authority.HostCaKey)] };
        broker.Knows = token => token == FakeBroker.Token || (token == HostToken && IsEnrolled);
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

    private const string HostName = "127.0.0.1";

    /// <summary>The last report of the host.</summary>
    public ReportHostRequest? Report { get; private set; }

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
