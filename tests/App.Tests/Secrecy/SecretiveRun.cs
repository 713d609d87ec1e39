using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Signatures;
using SshFunctions.Support.Broker;
using SshFunctions.Support.OpenId;
using SshFunctions.Support.Outside;
using SshFunctions.Support.Sshfn;

namespace SshFunctions.App.Tests.Secrecy;

/// <summary>A short life of a broker in which every kind of secret is used, rightly and wrongly.</summary>
internal sealed class SecretiveRun(TestBroker broker, SecretBag bag, SigningIssuer issuer, byte[] webhookKey)
{
    public const string Web = "acme/production/web";
    private readonly List<string> _answers = [];

    /// <summary>Every answer to a request that failed.</summary>
    public IReadOnlyList<string> Problems => _answers;

    public async Task RunAsync(SshfnUser user)
    {
        bag.Add("the first admin's token", broker.BootstrapToken);
        await broker.Admin.PutResourceAsync(Web, new ResourceRequest([new Api.HostAddress("web.example.com")], ["deploy"]));
        await broker.Admin.PutResourceAsync("acme/production/git", new ResourceRequest([new Api.HostAddress("git.example.com", 443)], ["git"]));
        await broker.Admin.GrantAsync("alice", "alice", "acme/production");
        await broker.Admin.GrantAsync("ci", "ci:acme/app", Web);
        string token = bag.Add("an access token", await broker.Admin.CreateTokenAsync("alice"));
        BrokerApi alice = broker.As(token);
        string host = await EnrollAsync();
        string passcode = await UsePasswordsAsync(alice, broker.As(host));
        string signedIn = await SignInByKeyAsync(alice);
        string job = await UseWebTokenAsync();
        await TakeTicketAsync();
        await PasteKeyAsync(alice);
        await user.SignInAsync(broker, token);
        foreach (string[] command in (string[][])[["whoami"], ["cert", "web.example.com", "22", "deploy"], ["cert", "none.example.com", "22", "deploy"], ["code", Web, "--login", "deploy"], ["doctor"]])
            await user.RunAsync(command);
        foreach (string secret in (string[])[token, host, signedIn, job, passcode, bag.Add("a cookie", $"c00{Convert.ToHexString(RandomNumberGenerator.GetBytes(16))}")])
            await MisplaceAsync(secret, alice);
    }

    private async Task<string> EnrollAsync()
    {
        CreatedEnrollmentTokenResponse made = await broker.Admin.PostAsync<CreateEnrollmentTokenRequest, CreatedEnrollmentTokenResponse>(Routes.EnrollmentTokens, new CreateEnrollmentTokenRequest(Web));
        bag.Add("an enrollment token", made.Token);
        EnrolledHostResponse enrolled = await broker.Anonymous.PostAsync<EnrollHostRequest, EnrolledHostResponse>(
            Routes.Hosts, new EnrollHostRequest([NewKey()], "9.2", EnrollmentToken: made.Token));
        bag.Add("a host's token", enrolled.Token);
        await TryAsync(broker.Anonymous, "POST", Routes.Hosts, Json(("hostKeys", new[] { NewKey() }), ("sshdVersion", "9.2"), ("enrollmentToken", made.Token)));
        await TryAsync(broker.As(enrolled.Token), "POST", $"/api/hosts/{enrolled.Host.Id}/report", """{"trustVersion":1,"revocationListVersion":0,"sshdVersion":"9.2","sshfnVersion":"0.1.0","passcodes":true}""");
        return enrolled.Token;
    }

    private async Task<string> UsePasswordsAsync(BrokerApi alice, BrokerApi host)
    {
        PasscodeResponse minted = await alice.PostAsync<MintPasscodeRequest, PasscodeResponse>(Routes.Passcodes, new MintPasscodeRequest(Web, "deploy"));
        bag.Add("a passcode", minted.Passcode);
        bag.Add("a passcode without dashes", minted.Passcode.Replace("-", "", StringComparison.Ordinal));
        foreach (string login in (string[])["root", "deploy", "deploy"]) await TryAsync(host, "POST", Routes.PasscodeRedemptions, Json(("passcode", minted.Passcode), ("login", login)));
        GitPasswordResponse git = await alice.PostAsync<MintGitPasswordRequest, GitPasswordResponse>(Routes.GitPasswords, new MintGitPasswordRequest("git.example.com", 443));
        bag.Add("a git password", git.Password);
        await broker.Admin.PutAsync<GrantRequest, GrantResponse>("/api/grants/git", new GrantRequest("acme/production/git", "auditor", Subject: "git"));
        CreatedAccessTokenResponse service = await broker.Admin.PostAsync<CreateAccessTokenRequest, CreatedAccessTokenResponse>(Routes.Tokens, new CreateAccessTokenRequest("git", "service", "git"));
        bag.Add("a service's token", service.Token);
        foreach (string name in (string[])["git", "other"])
            await TryAsync(broker.As(service.Token), "POST", Routes.GitPasswordCheck, Json(("resource", "acme/production/git"), ("userName", name), ("password", git.Password)));
        CreatedAccessTokenResponse rotated = await broker.Admin.PostAsync<RotateAccessTokenRequest, CreatedAccessTokenResponse>($"/api/tokens/{service.AccessToken.Id}/rotate", new RotateAccessTokenRequest(0));
        bag.Add("a rotated token", rotated.Token);
        await TryAsync(broker.As(service.Token), "GET", Routes.Me);
        return minted.Passcode;
    }

    private async Task<string> SignInByKeyAsync(BrokerApi alice)
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        string line = key.PublicKey.ToText();
        await alice.PostAsync<RegisterKeyRequest, RegisteredKeyResponse>(Routes.Keys, new RegisterKeyRequest("laptop", line));
        SshKeyChallengeResponse challenge = await broker.Anonymous.PostAsync<SshKeyChallengeRequest, SshKeyChallengeResponse>(Routes.SshKeyChallenges, new SshKeyChallengeRequest(line));
        string signature = SshSig.Sign(key, challenge.Namespace, Encoding.UTF8.GetBytes(challenge.Challenge));
        string token = (await broker.Anonymous.PostAsync<SshKeySignInRequest, CreatedAccessTokenResponse>(Routes.SshKeySignIn, new SshKeySignInRequest(challenge.Challenge, signature))).Token;
        await TryAsync(broker.Anonymous, "POST", Routes.SshKeySignIn, Json(("challenge", challenge.Challenge), ("signature", signature)));
        return bag.Add("a token bought with a key", token);
    }

    /// <summary>A web token that is used, used again, and spoiled.</summary>
    private async Task<string> UseWebTokenAsync()
    {
        string token = issuer.Sign(issuer.CiClaims(TimeProvider.System.GetUtcNow()));
        bag.Add("a web token's signature", token.Split('.')[2]);
        bag.Add("a web token's content", token.Split('.')[1]);
        foreach (string text in (string[])[token, token, token[..^4] + "AAAA"]) await TryAsync(broker.As(text), "GET", Routes.Me);
        return token;
    }

    private async Task TakeTicketAsync()
    {
        bag.Add("a webhook's secret", Convert.ToBase64String(webhookKey));
        byte[] body = """{"event":"ignore","number":"INC-1","who":"alice","where":"acme/production/web","why":"nothing"}"""u8.ToArray();
        foreach (byte[] key in (byte[][])[webhookKey, RandomNumberGenerator.GetBytes(32)])
        {
            using HttpRequestMessage request = SignedWebhook.Request("desk", key, body, "msg_1", TimeProvider.System.GetUtcNow());
            using HttpResponseMessage answer = await broker.Anonymous.Http.SendAsync(request);
            if (!answer.IsSuccessStatusCode) _answers.Add(await answer.Content.ReadAsStringAsync());
        }
    }

    private async Task PasteKeyAsync(BrokerApi alice)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string text = key.ExportPkcs8PrivateKeyPem();
        bag.Add("a private key", text.Split('\n')[2]);
        foreach (string field in (string[])["publicKey", "name"])
            await TryAsync(alice, "POST", Routes.Keys, Json(("name", field == "name" ? text : "key"), ("publicKey", field == "publicKey" ? text : NewKey())));
        await TryAsync(alice, "POST", Routes.UserCertificates, Json(("publicKey", text), ("resource", Web), ("login", "deploy")));
        await TryAsync(alice, "POST", Routes.AccessRequests, Json(("path", Web), ("reason", $"my key is {text}")));
    }

    /// <summary>A secret where none belongs.</summary>
    private async Task MisplaceAsync(string secret, BrokerApi alice)
    {
        string text = Uri.EscapeDataString(secret);
        foreach (string path in (string[])[$"/api/{text}", $"/api/me?token={text}", $"/api/me/{text}", $"/api/resources?search={text}&after={text}", $"/api/grants/{text}", $"/api/keys?owner={text}", $"/api/hosts/{text}", $"/api/audit?resource={text}&event={text}", $"/api/tokens/{text}?x={text}", $"/api/portal/{text}", $"/{text}"])
        {
            await TryAsync(alice, "GET", path, keep: false);
            await TryAsync(broker.Anonymous, "GET", path, keep: false);
        }

        foreach (string body in (string[])[Json(("secret", secret)), Json((secret, "x")), Json(("publicKey", secret), ("resource", Web), ("login", "deploy")), $"{{{secret}", secret])
        {
            await TryAsync(alice, "POST", Routes.UserCertificates, body, keep: false);
            await TryAsync(broker.Anonymous, "POST", Routes.SshKeySignIn, body, keep: false);
        }

        foreach (string header in (string[])["Authorization", "Cookie", "X-Api-Key", "Sshfn-Client-Id", "User-Agent", "Referer", "traceparent", "webhook-signature"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Routes.Me);
            request.Headers.TryAddWithoutValidation(header, header == "Authorization" ? $"Basic {secret}" : secret);
            using HttpResponseMessage answer = await broker.Anonymous.Http.SendAsync(request);
            _answers.Add(await answer.Content.ReadAsStringAsync());
        }
    }

    private async Task TryAsync(BrokerApi caller, string method, string path, string? body = null, bool keep = true)
    {
        using HttpResponseMessage answer = await caller.SendAsync(new HttpMethod(method), path, body);
        // What somebody wrote into a path or a body is theirs to read again.
        if (!answer.IsSuccessStatusCode && keep) _answers.Add(await answer.Content.ReadAsStringAsync());
    }

    private static string Json(params (string Name, object Value)[] members) => JsonSerializer.Serialize(members.ToDictionary(member => member.Name, member => member.Value));

    private static string NewKey()
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        return key.PublicKey.ToText();
    }
}
