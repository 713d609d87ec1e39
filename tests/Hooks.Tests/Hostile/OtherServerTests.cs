using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Hostile;

/// <summary>A token goes to the broker that it was given for, and to nobody else.</summary>
public sealed class OtherServerTests : IDisposable
{
    private readonly RawBroker _elsewhere = new();
    private readonly SshfnProgram _sshfn = new();

    [Theory(Timeout = 60_000)]
    [InlineData("301 Moved Permanently")]
    [InlineData("302 Found")]
    [InlineData("303 See Other")]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    [InlineData("302 Found", "{}")]
    public async Task A_redirect_leads_nowhere_and_says_so(string status, string? body = null)
    {
        using RawBroker broker = new();
        broker.Send(RawBroker.Whole(body is null ? [] : System.Text.Encoding.UTF8.GetBytes(body), status, $"Location: {_elsewhere.Address}/api/me\r\nRefresh: 0; url={_elsewhere.Address}\r\n"));
        PointTo(broker.Address);
        foreach (string[] command in new string[][] { ["whoami"], ["cert", "web.example.com", "22", "deploy"], ["resources"], ["audit", "export"] })
        {
            ProcessRun run = (await _sshfn.RunAsync(command)).Expect(1);
            Assert.Equal(
                $"sshfn: error: the broker answered {status[..3]}, which leads to another address, and sshfn follows nobody with a token\nsshfn: hint: is the address the broker's own? sshfn login --broker https://broker.example.com\n", run.Error);
        }

        Assert.Empty(_elsewhere.Requests);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("of another name", "other.example.com", false)]
    [InlineData("that has ended", "127.0.0.1", true)]
    [InlineData("that nobody vouches for", "127.0.0.1", false)]
    public async Task A_TLS_certificate_that_is_not_the_brokers_gets_no_token(string fault, string name, bool hasEnded)
    {
        using X509Certificate2 certificate = Certificate(name, hasEnded);
        using RawBroker broker = new(certificate);
        PointTo(broker.Address);
        // Even where its issuer is trusted, except for the one that is wrong by its issuer alone.
        if (name != "127.0.0.1" || hasEnded)
            _sshfn.Variables["SSHFN_CA_FILE"] = _sshfn.Folder.Write("root.pem", certificate.ExportCertificatePem());
        ProcessRun run = await _sshfn.RunAsync("whoami");
        Assert.True(run.ExitCode == 6, fault);
        Assert.Equal(
            $"sshfn: error: the broker {broker.Address} can't be reached: its TLS certificate is not trusted, or it speaks no TLS\nsshfn: hint: SSHFN_CA_FILE may name a PEM file with the root to trust\n", run.Error);
        Assert.DoesNotContain(FakeBroker.Token, string.Concat(broker.Requests), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_TLS_certificate_of_the_root_that_is_named_gets_it()
    {
        using X509Certificate2 certificate = Certificate("127.0.0.1", hasEnded: false);
        using RawBroker broker = new(certificate);
        broker.Send(RawBroker.Whole("""{"kind":"person","subject":"alice","groups":[]}"""u8.ToArray()));
        PointTo(broker.Address);
        _sshfn.Variables["SSHFN_CA_FILE"] = _sshfn.Folder.Write("root.pem", certificate.ExportCertificatePem().ReplaceLineEndings("\r\n"));
        Assert.Contains("alice", (await _sshfn.RunAsync("whoami")).Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains($"Authorization: Bearer {FakeBroker.Token}\r\n", broker.Requests[0], StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_server_without_TLS_gets_no_token_where_https_was_asked_for()
    {
        PointTo(_elsewhere.Address.Replace("http:", "https:", StringComparison.Ordinal));
        (await _sshfn.RunAsync("whoami")).Expect(6);
        Assert.DoesNotContain(FakeBroker.Token, string.Concat(_elsewhere.Requests), StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("http://broker.example.com")]
    [InlineData("http://127.0.0.1.example.com")]
    [InlineData("http://[::ffff:10.0.0.1]")]
    [InlineData("http://localhost.example.com")]
    [InlineData("http://127.0.0.1@broker.example.com")]
    [InlineData("ftp://broker.example.com")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:word@broker.example.com")]
    [InlineData("https://broker.example.com/?to=x")]
    [InlineData("broker.example.com")]
    public async Task An_address_that_would_give_the_token_away_is_refused_before_anything_is_sent(string address)
    {
        PointTo(address);
        ProcessRun run = (await _sshfn.RunAsync("whoami")).Expect(2);
        Assert.StartsWith("sshfn: error: the broker address ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("word", run.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _elsewhere.Dispose();
        _sshfn.Dispose();
    }

    private static X509Certificate2 Certificate(string name, bool hasEnded)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        if (System.Net.IPAddress.TryParse(name, out System.Net.IPAddress? address)) names.AddIpAddress(address);
        else names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-2), now.AddDays(hasEnded ? -1 : 1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    private void PointTo(string address)
    {
        _sshfn.Variables["SSHFN_BROKER"] = address;
        _sshfn.Variables["SSHFN_TOKEN"] = FakeBroker.Token;
    }
}
