using System.Net;
using System.Text;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Signatures;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;

namespace SshFunctions.Interop.Tests.Broker;

/// <summary>What an enrolled host asks while somebody logs in, against the real broker.</summary>
public sealed class HostCallbackTests : IAsyncLifetime, IDisposable
{
    private const int Patience = 120_000;
    private const string Resource = "acme/production/web";
    private readonly TemporaryFolder _folder = new();
    private TestBroker _broker = null!;
    private BrokerApi _alice = null!;
    private BrokerApi _host = null!;
    private string _hostId = "";

    public async Task InitializeAsync()
    {
        _broker = await TestBroker.StartAsync(_folder);
        await _broker.Admin.PutResourceAsync(Resource, new ResourceRequest([new HostAddress("web.example.com", 2222)], ["deploy"], "sshd"));
        await _broker.Admin.GrantAsync("alice-web", "alice", Resource);
        _alice = await _broker.AsPersonAsync("alice");
        (_hostId, _host) = await EnrollAsync();
    }

    public async Task DisposeAsync() => await _broker.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Patience)]
    public async Task A_passcode_opens_one_login_once_and_every_refusal_sounds_the_same()
    {
        PasscodeResponse minted = await _alice.PostAsync<MintPasscodeRequest, PasscodeResponse>(Routes.Passcodes, new MintPasscodeRequest(Resource));
        Assert.Equal(("deploy", "web.example.com", 2222, "alice-web"), (minted.Login, minted.Host, minted.Port, minted.Grant));
        string wrong = await RefusedAsync(_host, Routes.PasscodeRedemptions, new RedeemPasscodeRequest("0000-0000-0000", "deploy", "192.0.2.7"));
        RedeemedPasscodeResponse redeemed = await _host.PostAsync<RedeemPasscodeRequest, RedeemedPasscodeResponse>(
            Routes.PasscodeRedemptions, new RedeemPasscodeRequest(minted.Passcode.ToUpperInvariant(), "deploy", "192.0.2.7"));
        Assert.Equal((minted.Serial, "alice"), (redeemed.Serial, redeemed.Subject));
        string again = await RefusedAsync(_host, Routes.PasscodeRedemptions, new RedeemPasscodeRequest(minted.Passcode, "deploy", "192.0.2.7"));
        Assert.Equal(wrong, again);
        JournalEntryResponse[] rejected = [.. await _broker.Admin.JournalAsync("passcode.rejected")];
        Assert.Equal(
            ["it was used already", "there is no such passcode for this resource"],
            rejected.Select(entry => entry.Details.GetProperty("reason").GetString()!));
        Assert.DoesNotContain(minted.Passcode, _broker.Log, StringComparison.OrdinalIgnoreCase);
    }

    [Fact(Timeout = Patience)]
    public async Task Only_a_host_redeems_and_only_about_itself()
    {
        PasscodeResponse minted = await _alice.PostAsync<MintPasscodeRequest, PasscodeResponse>(Routes.Passcodes, new MintPasscodeRequest(Resource));
        await RefusedAsync(_alice, Routes.PasscodeRedemptions, new RedeemPasscodeRequest(minted.Passcode, "deploy"));
        await RefusedAsync(_alice, Routes.AuthorizeKey, new AuthorizeKeyRequest("deploy", NewKey()));
        (string otherId, BrokerApi other) = await EnrollAsync();
        foreach (BrokerApi stranger in new[] { _alice, other, _broker.Admin })
        {
            HttpResponseMessage answer = await stranger.SendAsync(HttpMethod.Get, Routes.HostAuthorizedKeys.Replace("{id}", _hostId, StringComparison.Ordinal));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.NotEqual(_hostId, otherId);
    }

    [Fact(Timeout = Patience)]
    public async Task Nobody_gets_passcodes_without_end()
    {
        HttpStatusCode last = HttpStatusCode.OK;
        for (int count = 0; count < 40 && last != HttpStatusCode.TooManyRequests; count++)
            last = (await _alice.SendAsync(HttpMethod.Post, Routes.Passcodes, $$"""{"resource":"{{Resource}}"}""")).StatusCode;
        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    [Fact(Timeout = Patience)]
    public async Task A_registered_key_enters_until_it_is_removed_and_stands_in_the_signed_list()
    {
        string key = NewKey();
        await RefusedAsync(_host, Routes.AuthorizeKey, new AuthorizeKeyRequest("deploy", key));
        RegisteredKeyResponse registered = await _alice.PostAsync<RegisterKeyRequest, RegisteredKeyResponse>(Routes.Keys, new RegisterKeyRequest("laptop", key));
        AuthorizedKey entering = await _host.PostAsync<AuthorizeKeyRequest, AuthorizedKey>(Routes.AuthorizeKey, new AuthorizeKeyRequest("deploy", key));
        Assert.Equal(("alice", "alice-web", "deploy"), (entering.Subject, entering.Grant, entering.Login));
        Assert.Equal(["pty"], entering.Permissions);
        AuthorizedKeysDocument document = await ReadListAsync();
        Assert.Equal((_hostId, Resource), (document.Host, document.Resource));
        Assert.Equal(key, Assert.Single(document.Keys).PublicKey);
        await _alice.SendAsync(HttpMethod.Delete, Routes.Key.Replace("{id}", registered.Id, StringComparison.Ordinal));
        await RefusedAsync(_host, Routes.AuthorizeKey, new AuthorizeKeyRequest("deploy", key));
        Assert.Empty((await ReadListAsync()).Keys);
    }

    [Fact(Timeout = Patience)]
    public async Task A_certificate_for_single_use_is_granted_to_one_connection()
    {
        await _broker.Admin.PutAsync<GrantRequest, GrantResponse>(
            $"{Routes.Grants}/once", new GrantRequest(Resource, "developer", Subject: "bob", SingleUse: true));
        BrokerApi bob = await _broker.AsPersonAsync("bob");
        UserCertificateResponse issued = await bob.IssueAsync(NewKey(), Resource, "deploy");
        string path = Routes.SpentCertificates.Replace("{id}", _hostId, StringComparison.Ordinal);
        SpentCertificateResponse spent = await _host.PostAsync<SpendCertificateRequest, SpentCertificateResponse>(
            path, new SpendCertificateRequest(issued.Certificate, "deploy", "one"));
        Assert.Equal(issued.Serial, spent.Serial);
        await _host.PostAsync<SpendCertificateRequest, SpentCertificateResponse>(path, new SpendCertificateRequest(issued.Certificate, "deploy", "one"));
        await RefusedAsync(_host, path, new SpendCertificateRequest(issued.Certificate, "deploy", "two"));
        await RefusedAsync((await EnrollAsync()).Host, path, new SpendCertificateRequest(issued.Certificate, "deploy", "one"));
        Assert.Equal(2, (await _broker.Admin.JournalAsync("certificate.spent")).Count);
    }

    private async Task<AuthorizedKeysDocument> ReadListAsync()
    {
        AuthorizedKeysResponse signed =
            await _host.GetAsync<AuthorizedKeysResponse>(Routes.HostAuthorizedKeys.Replace("{id}", _hostId, StringComparison.Ordinal));
        TrustBundleResponse trust = await _broker.Anonymous.GetAsync<TrustBundleResponse>(Routes.TrustBundle);
        Assert.True(SshSig.Verify(signed.Signature, "authorized-keys@sshfn", Encoding.UTF8.GetBytes(signed.Document), out SshPublicKey? signer, out string? reason), reason);
        Assert.Equal(trust.JournalKeys[0].PublicKey, signer.ToText());
        return JsonSerializer.Deserialize(signed.Document, ApiJson.Default.AuthorizedKeysDocument)!;
    }

    private async Task<(string Id, BrokerApi Host)> EnrollAsync()
    {
        CreatedEnrollmentTokenResponse token = await _broker.Admin.PostAsync<CreateEnrollmentTokenRequest, CreatedEnrollmentTokenResponse>(
            Routes.EnrollmentTokens, new CreateEnrollmentTokenRequest(Resource));
        EnrolledHostResponse enrolled = await _broker.Anonymous.PostAsync<EnrollHostRequest, EnrolledHostResponse>(
            Routes.Hosts, new EnrollHostRequest([NewKey()], "9.2", EnrollmentToken: token.Token));
        return (enrolled.Host.Id, _broker.As(enrolled.Token));
    }

    private static async Task<string> RefusedAsync<T>(BrokerApi caller, string path, T body)
    {
        HttpResponseMessage answer = await caller.SendAsync(HttpMethod.Post, path, JsonSerializer.Serialize(body, typeof(T), ApiJson.Default));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        return JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(), ApiJson.Default.Problem)!.Detail!;
    }

    private static string NewKey()
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        return key.PublicKey.ToText();
    }
}
