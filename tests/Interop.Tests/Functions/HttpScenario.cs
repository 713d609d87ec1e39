using System.Text;
using SshFunctions.Api;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Signatures;
using SshFunctions.Support.Broker;

namespace SshFunctions.Interop.Tests.Functions;

/// <summary>A short life of a broker in which every HTTP function does its work once.</summary>
internal sealed partial class HttpScenario(ConnectedFunctionApp connected)
{
    private const string Resource = "acme/production/web";
    private const string Boxed = "acme/production/box";
    private readonly FunctionApp _app = connected.App;
    private readonly BrokerApi _nobody = connected.App.As(null);

    private BrokerApi Admin => _app.Admin;

    public async Task RunAsync()
    {
        await ReadWhatIsOpenAsync();
        await PlantAsync();
        using BrokerApi alice = _app.As(await _app.Admin.CreateTokenAsync("alice"));
        await UseKeysAsync(alice);
        (string id, string hostKey, BrokerApi host) = await EnrollAsync(Resource);
        await UseHostAsync(alice, id, hostKey, host);
        await UsePasswordsAsync(alice, host);
        (string boxId, _, BrokerApi box) = await EnrollAsync(Boxed);
        await box.PostAsync<IssueTunnelCertificateRequest, TunnelCertificateResponse>(Routes.TunnelCertificates, new IssueTunnelCertificateRequest(NewKey()));
        await ReadAsync(_app.Admin, Routes.Hosts, At(Routes.Host, id), Routes.Journal, Routes.Tokens);
        await RequestAsync(alice);
        await TakeTicketAsync();
        await RevokeAsync();
        await OperateAsync();
        await ClearAwayAsync(id, boxId);
        host.Dispose();
        box.Dispose();
        _nobody.Dispose();
    }

    private async Task ReadWhatIsOpenAsync()
    {
        await ReadAsync(
            _nobody, Routes.Health, Routes.TrustBundle, Routes.UserCaKeys, Routes.KnownHosts, Routes.RevocationList,
            Routes.RevocationListSignature, Routes.SignIn, Routes.OpenApi, "/api/portal/main.js");
        using HttpResponseMessage head = await _nobody.SendAsync(HttpMethod.Head, "/api/portal/main.js");
        Assert.Equal(200, (int)head.StatusCode);
        await ReadAsync(_app.Admin, Routes.Me, Routes.SshConfig);
    }

    private async Task PlantAsync()
    {
        await _app.Admin.PutResourceAsync(Resource, new ResourceRequest([new HostAddress("web.example.com", 2222)], ["deploy"], "sshd"));
        await _app.Admin.PutResourceAsync(
            Boxed, new ResourceRequest([new HostAddress("box.example.com")], ["deploy"], Tunnel: new ReverseTunnel(Resource, "deploy", 2201)));
        await _app.Admin.PutResourceAsync("acme/production/git", new ResourceRequest([new HostAddress("git.example.com", 443)], ["git"]));
        await _app.Admin.GrantAsync("alice", "alice", "acme/production");
        await _app.Admin.GrantAsync("gone", "alice", Resource);
        await _app.Admin.PutAsync<SshSwitchRequest, SshSwitchResponse>(
            Routes.SshSwitch.Replace("{*path}", Resource, StringComparison.Ordinal), new SshSwitchRequest("enabled"));
        await _app.Admin.PostAsync<ExplainAccessRequest, ExplainAccessResponse>(
            Routes.ExplainAccess, new ExplainAccessRequest(Resource: Resource, Login: "deploy", Subject: "alice"));
        await ReadAsync(
            _app.Admin, Routes.Projects, "/api/projects/acme", "/api/projects/acme/environments", "/api/projects/acme/environments/production",
            "/api/projects/acme/environments/production/resources", "/api/projects/acme/environments/production/resources/web",
            Routes.Grants, At(Routes.Grant, "alice"), Routes.VisibleResources, Routes.Places);
    }

    private async Task UseKeysAsync(BrokerApi alice)
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        string line = key.PublicKey.ToText();
        RegisteredKeyResponse registered = await alice.PostAsync<RegisterKeyRequest, RegisteredKeyResponse>(Routes.Keys, new RegisterKeyRequest("laptop", line));
        SshKeyChallengeResponse challenge = await _nobody.PostAsync<SshKeyChallengeRequest, SshKeyChallengeResponse>(
            Routes.SshKeyChallenges, new SshKeyChallengeRequest(line));
        string signature = SshSig.Sign(key, challenge.Namespace, Encoding.UTF8.GetBytes(challenge.Challenge));
        CreatedAccessTokenResponse signedIn = await _nobody.PostAsync<SshKeySignInRequest, CreatedAccessTokenResponse>(
            Routes.SshKeySignIn, new SshKeySignInRequest(challenge.Challenge, signature));
        CreatedAccessTokenResponse token = await _app.Admin.PostAsync<CreateAccessTokenRequest, CreatedAccessTokenResponse>(
            Routes.Tokens, new CreateAccessTokenRequest("robot", "service", "robot"));
        CreatedAccessTokenResponse next = await _app.Admin.PostAsync<RotateAccessTokenRequest, CreatedAccessTokenResponse>(
            At(Routes.RotateToken, token.AccessToken.Id), new RotateAccessTokenRequest());
        await DeleteAsync(At(Routes.Token, next.AccessToken.Id));
        await ReadAsync(alice, Routes.Keys);
        using HttpResponseMessage removed = await alice.SendAsync(HttpMethod.Delete, At(Routes.Key, registered.Id));
        Assert.Equal(204, (int)removed.StatusCode);
        Assert.Equal("alice", signedIn.AccessToken.Subject);
    }

    private async Task UseHostAsync(BrokerApi alice, string id, string hostKey, BrokerApi host)
    {
        await host.PostAsync<IssueHostCertificateRequest, HostCertificateResponse>(Routes.HostCertificates, new IssueHostCertificateRequest(hostKey));
        await host.PostAsync<ReportHostRequest, HostResponse>(At(Routes.HostReport, id), new ReportHostRequest(1, 0, "9.2", "0.1.0", Passcodes: true));
        await _app.Admin.PutAsync<GrantRequest, GrantResponse>(At(Routes.Grant, "once"), new GrantRequest(Resource, "developer", Subject: "bob", SingleUse: true));
        using BrokerApi bob = _app.As(await _app.Admin.CreateTokenAsync("bob"));
        UserCertificateResponse issued = await bob.IssueAsync(NewKey(), Resource, "deploy");
        await host.PostAsync<SpendCertificateRequest, SpentCertificateResponse>(
            At(Routes.SpentCertificates, id), new SpendCertificateRequest(issued.Certificate, "deploy", "one"));
        await host.PostAsync<RecordSessionsRequest, RecordedSessionsResponse>(
            At(Routes.HostSessions, id), new RecordSessionsRequest([new SessionEvent("one", "opened", issued.ValidAfter.AddMinutes(1), "deploy", "certificate", Certificate: issued.Certificate)]));
        string key = NewKey();
        await alice.PostAsync<RegisterKeyRequest, RegisteredKeyResponse>(Routes.Keys, new RegisterKeyRequest("desktop", key));
        await host.PostAsync<AuthorizeKeyRequest, AuthorizedKey>(Routes.AuthorizeKey, new AuthorizeKeyRequest("deploy", key));
        await ReadAsync(host, At(Routes.HostAuthorizedKeys, id));
    }

    private async Task UsePasswordsAsync(BrokerApi alice, BrokerApi host)
    {
        PasscodeResponse passcode = await alice.PostAsync<MintPasscodeRequest, PasscodeResponse>(Routes.Passcodes, new MintPasscodeRequest(Resource));
        await host.PostAsync<RedeemPasscodeRequest, RedeemedPasscodeResponse>(
            Routes.PasscodeRedemptions, new RedeemPasscodeRequest(passcode.Passcode, "deploy", "192.0.2.7"));
        GitPasswordResponse password = await alice.PostAsync<MintGitPasswordRequest, GitPasswordResponse>(
            Routes.GitPasswords, new MintGitPasswordRequest("git.example.com", 443));
        await _app.Admin.PutAsync<GrantRequest, GrantResponse>(
            At(Routes.Grant, "git-server"), new GrantRequest("acme/production/git", "auditor", Subject: "git-server"));
        using BrokerApi server = _app.As((await _app.Admin.PostAsync<CreateAccessTokenRequest, CreatedAccessTokenResponse>(
            Routes.Tokens, new CreateAccessTokenRequest("git", "service", "git-server"))).Token);
        await server.PostAsync<CheckGitPasswordRequest, CheckedGitPasswordResponse>(
            Routes.GitPasswordCheck, new CheckGitPasswordRequest(password.Resource, password.UserName, password.Password));
    }

    private async Task RevokeAsync()
    {
        await _app.Admin.PostAsync<RevokeAccessRequest, RevokedResponse>(Routes.Revocations, new RevokeAccessRequest("left", Subject: "carol"));
        await ReadAsync(_app.Admin, Routes.Revocations);
        await DeleteAsync(At(Routes.Revocation, "subject:carol"));
    }

    private async Task ClearAwayAsync(string id, string boxId)
    {
        CreatedEnrollmentTokenResponse unused = await _app.Admin.PostAsync<CreateEnrollmentTokenRequest, CreatedEnrollmentTokenResponse>(
            Routes.EnrollmentTokens, new CreateEnrollmentTokenRequest(Resource));
        await ReadAsync(_app.Admin, Routes.EnrollmentTokens);
        await DeleteAsync(At(Routes.EnrollmentToken, unused.EnrollmentToken.Id));
        await DeleteAsync(At(Routes.Host, boxId));
        await DeleteAsync(At(Routes.Host, id));
        await DeleteAsync(Rule);
        foreach (string grant in (string[])["gone", "alice", "once", "git-server"]) await DeleteAsync(At(Routes.Grant, grant));
        foreach (string name in (string[])["box", "git", "web"]) await DeleteAsync($"/api/projects/acme/environments/production/resources/{name}");
        await DeleteAsync("/api/projects/acme/environments/production");
        await DeleteAsync("/api/projects/acme");
    }

    private async Task<(string Id, string Key, BrokerApi Host)> EnrollAsync(string resource)
    {
        CreatedEnrollmentTokenResponse token = await _app.Admin.PostAsync<CreateEnrollmentTokenRequest, CreatedEnrollmentTokenResponse>(
            Routes.EnrollmentTokens, new CreateEnrollmentTokenRequest(resource));
        string key = NewKey();
        EnrolledHostResponse enrolled = await _nobody.PostAsync<EnrollHostRequest, EnrolledHostResponse>(
            Routes.Hosts, new EnrollHostRequest([key], "9.2", EnrollmentToken: token.Token));
        return (enrolled.Host.Id, key, _app.As(enrolled.Token));
    }

    private static async Task ReadAsync(BrokerApi caller, params string[] paths)
    {
        foreach (string path in paths)
        {
            using HttpResponseMessage answer = await caller.SendAsync(HttpMethod.Get, path);
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    private async Task DeleteAsync(string path)
    {
        using HttpResponseMessage answer = await _app.Admin.SendAsync(HttpMethod.Delete, path);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
    }

    private static string At(string route, string id) => route.Replace("{id}", id, StringComparison.Ordinal);

    private static string NewKey()
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        return key.PublicKey.ToText();
    }
}
