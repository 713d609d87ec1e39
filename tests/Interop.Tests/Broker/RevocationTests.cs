using System.Net;
using System.Net.Http.Headers;
using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Ssh;
using SshFunctions.Support.Sshd;

namespace SshFunctions.Interop.Tests.Broker;

/// <summary>What is revoked over the API, a stock sshd refuses once it has the list; nothing else.</summary>
public sealed class RevocationTests : IAsyncLifetime, IDisposable
{
    private const int Patience = 180_000;
    private const string Host = "web.example.com";
    private const string Resource = "acme/production/web";

    private readonly TemporaryFolder _folder = new();
    private TestBroker _broker = null!;
    private TestSshd _server = null!;

    public async Task InitializeAsync()
    {
        _broker = await TestBroker.StartAsync(_folder);
        _server = await TestSshd.StartAsync(new SshdSettings
        {
            TrustedUserCaKeys = await _broker.Anonymous.Http.GetStringAsync(Relative(Routes.UserCaKeys)),
            RevokedKeys = await _broker.Anonymous.Http.GetByteArrayAsync(Relative(Routes.RevocationList)),
        });
        await _broker.Admin.PutResourceAsync(
            Resource, new ResourceRequest([new HostAddress(Host, _server.Port)], [_server.Login], "plain-sshd"));
        await _broker.Admin.GrantAsync("alice-web", "alice", Resource);
        await _broker.Admin.GrantAsync("bob-web", "bob", Resource);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _broker.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Theory(Timeout = Patience)]
    [InlineData("serial", 1)]
    [InlineData("certificate", 1)]
    [InlineData("key", 1)]
    [InlineData("fingerprint", 1)]
    [InlineData("subject", 2)]
    [InlineData("grant", 2)]
    public async Task Is_obeyed_by_sshd_and_leaves_others_in(string form, int revokedCount)
    {
        BrokerApi alice = await _broker.AsPersonAsync("alice");
        BrokerApi bob = await _broker.AsPersonAsync("bob");
        (SshClient Client, UserCertificateResponse Minted, string Key)[] logins =
            [await MintAsync(alice, "first"), await MintAsync(alice, "second"), await MintAsync(bob, "third")];
        foreach ((SshClient client, _, _) in logins) (await client.RunAsync(Host, ["true"])).Expect(0);

        RevokedResponse revoked = await _broker.Admin.PostAsync<RevokeAccessRequest, RevokedResponse>(
            Routes.Revocations, Target(form, logins[0].Minted, logins[0].Key));
        _server.Revoke(await _broker.Anonymous.Http.GetByteArrayAsync(Relative(Routes.RevocationList)));

        Assert.Equal(form == "grant" ? 2 : 1, revoked.Revocations.Count);
        int[] exits = [.. await Task.WhenAll(logins.Select(async login => (await login.Client.RunAsync(Host, ["true"])).ExitCode))];
        Assert.Equal(revokedCount == 1 ? [255, 0, 0] : [255, 255, 0], exits);
        await _server.LogSaysAsync("revoked by file");
    }

    [Theory(Timeout = Patience)]
    [InlineData("subject")]
    [InlineData("grant")]
    [InlineData("key")]
    public async Task Ends_minting_too(string form)
    {
        BrokerApi alice = await _broker.AsPersonAsync("alice");
        (_, UserCertificateResponse minted, string key) = await MintAsync(alice, "first");
        await _broker.Admin.PostAsync<RevokeAccessRequest, RevokedResponse>(Routes.Revocations, Target(form, minted, key));

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => alice.IssueAsync(key, Resource, _server.Login));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains(ProblemTypes.Denied, refused.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Is_published_once_for_each_version()
    {
        HttpClient http = _broker.Anonymous.Http;
        using HttpResponseMessage first = await http.GetAsync(Relative(Routes.RevocationList));
        EntityTagHeaderValue tag = first.Headers.ETag!;

        Assert.Equal(HttpStatusCode.NotModified, await StatusOfAsync(tag));
        BrokerApi alice = await _broker.AsPersonAsync("alice");
        (_, UserCertificateResponse minted, string key) = await MintAsync(alice, "first");
        await _broker.Admin.PostAsync<RevokeAccessRequest, RevokedResponse>(Routes.Revocations, Target("serial", minted, key));

        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(tag));
        using HttpResponseMessage second = await http.GetAsync(Relative(Routes.RevocationList));
        Assert.NotEqual(tag, second.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, await StatusOfAsync(second.Headers.ETag!));

        async Task<HttpStatusCode> StatusOfAsync(EntityTagHeaderValue known)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Routes.RevocationList);
            request.Headers.IfNoneMatch.Add(known);
            using HttpResponseMessage answer = await http.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Fact(Timeout = Patience)]
    public async Task Is_signed_by_the_journal_key_so_that_ssh_keygen_verifies_it()
    {
        BrokerApi alice = await _broker.AsPersonAsync("alice");
        (_, UserCertificateResponse minted, string key) = await MintAsync(alice, "first");
        await _broker.Admin.PostAsync<RevokeAccessRequest, RevokedResponse>(Routes.Revocations, Target("serial", minted, key));
        HttpClient http = _broker.Anonymous.Http;
        TrustBundleResponse trust = await _broker.Anonymous.GetAsync<TrustBundleResponse>(Routes.TrustBundle);
        string krl = _folder.Write("krl", await http.GetByteArrayAsync(Relative(Routes.RevocationList)));
        string signature = _folder.Write("krl.sig", await http.GetByteArrayAsync(Relative(Routes.RevocationListSignature)));
        string signers = _folder.Write("signers", $"journal {Assert.Single(trust.JournalKeys).PublicKey}\n");
        string strangers = _folder.Write("strangers", $"journal {Assert.Single(trust.UserCaKeys).PublicKey}\n");

        // A shell, because the list is binary and is read on standard input.
        Task<ProcessRun> Verify(string who) => ProcessRun.ToEndAsync(
            "/bin/sh",
            ["-c", """exec ssh-keygen -Y verify -f "$1" -I journal -n krl@sshfn -s "$2" <"$3" """, "sh", who, signature, krl]);
        (await Verify(signers)).Expect(0);
        Assert.NotEqual(0, (await Verify(strangers)).ExitCode);
    }

    private static Uri Relative(string path) => new(path, UriKind.Relative);

    private static RevokeAccessRequest Target(string form, UserCertificateResponse minted, string key)
    {
        var none = new RevokeAccessRequest("laptop lost");
        return form switch
        {
            "serial" => none with { Serial = minted.Serial },
            "certificate" => none with { Certificate = minted.Certificate },
            "key" => none with { Key = key },
            "fingerprint" => none with { Key = Ssh.Keys.SshPublicKey.Parse(key).Fingerprint.ToString() },
            "subject" => none with { Subject = "alice" },
            _ => none with { Grant = "alice-web" },
        };
    }

    private async Task<(SshClient Client, UserCertificateResponse Minted, string Key)> MintAsync(BrokerApi caller, string name)
    {
        string key = await KeyKind.All["ed25519"].MakeAsync(_folder[name]);
        UserCertificateResponse minted = await caller.IssueAsync(key, Resource, _server.Login);
        string certificate = _folder.Write(name + "-cert.pub", minted.Certificate + "\n");
        string known = _folder.Write("known-" + name, _server.KnownHostsLine(Host));
        string configuration = SshClientConfiguration.Host(_server, Host, known) + $"""
              IdentityFile {_folder[name]}
              CertificateFile {certificate}
              IdentitiesOnly yes

            """;
        return (new SshClient(_folder.Write("ssh_config-" + name, configuration)), minted, key);
    }
}
