using System.Net;
using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Ssh;
using SshFunctions.Support.Sshd;

namespace SshFunctions.Interop.Tests.Host;

/// <summary>A host before the real broker: its enrollment, its certificate before stock ssh, and what it may not do.</summary>
public sealed class HostEnrollmentTests : IAsyncLifetime, IDisposable
{
    private const int Patience = 180_000;
    private const string Name = "web.example.com";
    private const string Resource = "acme/production/web";

    private readonly TemporaryFolder _folder = new();
    private TestBroker _broker = null!;

    public async Task InitializeAsync()
    {
        _broker = await TestBroker.StartAsync(_folder);
        await _broker.Admin.PutResourceAsync(Resource, new ResourceRequest([new HostAddress(Name)], ["deploy"], "plain-sshd"));
    }

    public Task DisposeAsync() => _broker.DisposeAsync().AsTask();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Patience)]
    public async Task Ssh_trusts_an_enrolled_host_by_the_host_CA_alone_until_it_is_revoked()
    {
        EnrolledHostResponse? host = null;
        await using TestSshd server = await TestSshd.StartAsync(new SshdSettings
        {
            TrustedUserCaKeys = await TextAsync(Routes.UserCaKeys),
            CertifyHostKey = async (key, cancellationToken) =>
            {
                host = await EnrollAsync(key);
                return (await CertifyAsync(_broker.As(host.Token), key)).Certificate + "\n";
            },
        });
        await _broker.Admin.PutResourceAsync(Resource, new ResourceRequest([new HostAddress(Name, server.Port)], [server.Login], "plain-sshd"));
        SshClient client = await ClientAsync(server, "first");
        (await client.RunAsync(Name, ["true"])).Expect(0);

        RevokedResponse revoked = await _broker.Admin.PostAsync<RevokeAccessRequest, RevokedResponse>(
            Routes.Revocations, new RevokeAccessRequest("stolen", Host: host!.Host.Id));

        Assert.Equal($"host:{host.Host.Id}", Assert.Single(revoked.Revocations).Id);
        Assert.Contains("@revoked * ssh-ed25519 ", await TextAsync(Routes.KnownHosts), StringComparison.Ordinal);
        ProcessRun refused = await (await ClientAsync(server, "second")).RunAsync(Name, ["true"]);
        Assert.Equal(255, refused.ExitCode);
        Assert.Contains("REVOKED", refused.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(_broker.As(host.Token), Routes.Me));

        await _broker.Admin.Http.DeleteAsync(new Uri($"{Routes.Revocations}/host:{host.Host.Id}", UriKind.Relative));
        (await (await ClientAsync(server, "third")).RunAsync(Name, ["true"])).Expect(0);
    }

    [Fact(Timeout = Patience)]
    public async Task Ssh_keygen_reads_the_certificate_and_finds_its_serial_revoked_with_the_host()
    {
        string key = await SshKeygen.GenerateAsync(_folder["host_key"], SshKeygen.Ed25519);
        EnrolledHostResponse host = await EnrollAsync(key);
        HostCertificateResponse certificate = await CertifyAsync(_broker.As(host.Token), key);
        string file = _folder.Write("host_key-cert.pub", certificate.Certificate + "\n");

        string shown = (await ProcessRun.ToEndAsync("ssh-keygen", ["-L", "-f", file])).Expect(0).Output;

        foreach (string part in (string[])["ssh-ed25519-cert-v01@openssh.com host certificate", $"Key ID: \"host:{host.Host.Id}\"", $"Serial: {certificate.Serial}", Name, "Critical Options: (none)", "Extensions: (none)"])
            Assert.Contains(part, shown, StringComparison.Ordinal);
        Assert.Equal([Name], certificate.Principals);
        Assert.Equal(TimeSpan.FromDays(30) + TimeSpan.FromSeconds(60), certificate.ValidBefore - certificate.ValidAfter);

        await _broker.Admin.PostAsync<RevokeAccessRequest, RevokedResponse>(Routes.Revocations, new RevokeAccessRequest("stolen", Host: host.Host.Id));
        File.WriteAllBytes(_folder["krl"], await _broker.Anonymous.Http.GetByteArrayAsync(new Uri(Routes.RevocationList, UriKind.Relative)));
        Assert.Equal(1, (await ProcessRun.ToEndAsync("ssh-keygen", ["-Q", "-f", _folder["krl"], file])).ExitCode);
        Assert.Contains($"{certificate.Serial}", (await ProcessRun.ToEndAsync("ssh-keygen", ["-Q", "-l", "-f", _folder["krl"]])).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Of_two_that_enroll_with_one_token_at_once_one_does()
    {
        string key = await SshKeygen.GenerateAsync(_folder["host_key"], SshKeygen.Ed25519);
        string token = await TokenAsync();

        HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => EnrollStatusAsync(token, key)));

        Assert.Single(answers, HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(answer => answer == HttpStatusCode.Unauthorized));
        Assert.Single(await _broker.Admin.ListAsync<HostResponse>(Routes.Hosts));
        Assert.Single(await _broker.Admin.ListAsync<HostResponse>($"{Routes.Hosts}?path=acme/production"));
        Assert.NotNull(Assert.Single(await _broker.Admin.ListAsync<EnrollmentTokenResponse>(Routes.EnrollmentTokens)).Host);
    }

    [Fact(Timeout = Patience)]
    public async Task A_host_asks_about_itself_only_and_nobody_else_asks_as_a_host()
    {
        string key = await SshKeygen.GenerateAsync(_folder["host_key"], SshKeygen.Ed25519);
        EnrolledHostResponse one = await EnrollAsync(key);
        EnrolledHostResponse two = await EnrollAsync(key);
        BrokerApi host = _broker.As(one.Token);
        BrokerApi alice = await _broker.AsPersonAsync("alice");
        const string report = """{"trustVersion":1,"revocationListVersion":1,"sshdVersion":"9.2","sshfnVersion":"1.0"}""";

        Assert.Equal(HttpStatusCode.OK, await PostAsync(host, $"{Routes.Hosts}/{one.Host.Id}/report", report));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(host, $"{Routes.Hosts}/{two.Host.Id}/report", report));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(_broker.Admin, $"{Routes.Hosts}/{one.Host.Id}/report", report));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(host, $"{Routes.Hosts}/{two.Host.Id}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, $"{Routes.Hosts}/{one.Host.Id}"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(host, Routes.Hosts));
        string other = (await SshKeygen.GenerateAsync(_folder["other_key"], SshKeygen.Ed25519)).Trim();
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(host, Routes.HostCertificates, $$"""{"publicKey":"{{other}}"}"""));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(_broker.Admin, Routes.HostCertificates, $$"""{"publicKey":"{{key.Trim()}}"}"""));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(alice, Routes.EnrollmentTokens, $$"""{"resource":"{{Resource}}"}"""));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(host, Routes.EnrollmentTokens, $$"""{"resource":"{{Resource}}"}"""));
        foreach (string order in (string[])[$$"""{"name":"x","subject":"host:{{one.Host.Id}}"}""", """{"name":"x","kind":"host"}""", """{"name":"x","subject":"Host:x"}"""])
            Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(_broker.Admin, Routes.Tokens, order));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(_broker.Admin, $"{Routes.Tokens}/{one.Token.Split('.')[0]}/rotate", "{}"));
    }

    [Fact(Timeout = Patience)]
    public async Task A_host_rotates_its_token_for_another_year_and_loses_both_when_it_is_removed()
    {
        EnrolledHostResponse enrolled = await EnrollAsync(await SshKeygen.GenerateAsync(_folder["host_key"], SshKeygen.Ed25519));

        CreatedAccessTokenResponse next = await _broker.As(enrolled.Token).PostAsync<RotateAccessTokenRequest, CreatedAccessTokenResponse>(
            $"{Routes.Tokens}/{enrolled.Token.Split('.')[0]}/rotate", new RotateAccessTokenRequest(3600));

        Assert.Equal("host", next.AccessToken.Kind);
        Assert.True(next.AccessToken.Expires > TimeProvider.System.GetUtcNow().AddDays(365));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(_broker.As(enrolled.Token), Routes.Me));
        Assert.Equal(HttpStatusCode.Conflict, await RemoveResourceAsync());
        using HttpResponseMessage removed = await _broker.Admin.Http.DeleteAsync(new Uri($"{Routes.Hosts}/{enrolled.Host.Id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(_broker.As(enrolled.Token), Routes.Me));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(_broker.As(next.Token), Routes.Me));
        Assert.Equal(HttpStatusCode.NoContent, await RemoveResourceAsync());
    }

    private async Task<HttpStatusCode> RemoveResourceAsync()
    {
        using HttpResponseMessage answer = await _broker.Admin.SendAsync(
            HttpMethod.Delete, "/api/projects/acme/environments/production/resources/web");
        return answer.StatusCode;
    }

    private async Task<SshClient> ClientAsync(TestSshd server, string name)
    {
        string key = _folder[$"user-{name}"];
        string publicKey = await SshKeygen.GenerateAsync(key, SshKeygen.Ed25519);
        await _broker.Admin.GrantAsync("alice-web", "alice", Resource);
        UserCertificateResponse minted = await (await _broker.AsPersonAsync("alice")).IssueAsync(publicKey, Resource, server.Login);
        string certificate = _folder.Write($"user-{name}-cert.pub", minted.Certificate + "\n");
        return SshClientConfiguration.With(server, Name, key, certificate, _folder, await TextAsync(Routes.KnownHosts));
    }

    private Task<string> TextAsync(string path) => _broker.Anonymous.Http.GetStringAsync(new Uri(path, UriKind.Relative));

    private async Task<string> TokenAsync() => (await _broker.Admin.PostAsync<CreateEnrollmentTokenRequest, CreatedEnrollmentTokenResponse>(
        Routes.EnrollmentTokens, new CreateEnrollmentTokenRequest(Resource))).Token;

    private async Task<EnrolledHostResponse> EnrollAsync(string key) =>
        await _broker.Anonymous.PostAsync<EnrollHostRequest, EnrolledHostResponse>(
            Routes.Hosts, new EnrollHostRequest([key.Trim()], "9.2", "web-1", await TokenAsync()));

    private Task<HttpStatusCode> EnrollStatusAsync(string token, string key) => PostAsync(
        _broker.Anonymous, Routes.Hosts, $$"""{"hostKeys":["{{key.Trim()}}"],"sshdVersion":"9.2","enrollmentToken":"{{token}}"}""");

    private static Task<HostCertificateResponse> CertifyAsync(BrokerApi host, string key) =>
        host.PostAsync<IssueHostCertificateRequest, HostCertificateResponse>(Routes.HostCertificates, new IssueHostCertificateRequest(key.Trim()));

    private static async Task<HttpStatusCode> PostAsync(BrokerApi api, string path, string body)
    {
        using HttpResponseMessage answer = await api.SendAsync(HttpMethod.Post, path, body);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> StatusAsync(BrokerApi api, string path)
    {
        using HttpResponseMessage answer = await api.SendAsync(HttpMethod.Get, path);
        return answer.StatusCode;
    }
}
