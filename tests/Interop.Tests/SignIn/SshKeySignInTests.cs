using System.Net;
using System.Text;
using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;
using SshFunctions.Support.Sshd;
using SshFunctions.Support.Sshfn;

namespace SshFunctions.Interop.Tests.SignIn;

/// <summary>Signing in by SSH key: the real broker, the real sshfn, the stock ssh-keygen and ssh-agent.</summary>
public sealed class SshKeySignInTests : IAsyncLifetime, IDisposable
{
    private const int Patience = 120_000;

    private readonly TemporaryFolder _folder = new();
    private readonly SshfnUser _alice = new();
    private TestBroker _broker = null!;

    private string Url => _broker.Url.GetLeftPart(UriPartial.Authority);

    public async Task InitializeAsync() => _broker = await TestBroker.StartAsync(_folder);

    public async Task DisposeAsync() => await _broker.DisposeAsync();

    public void Dispose()
    {
        _alice.Dispose();
        _folder.Dispose();
    }

    [Theory(Timeout = Patience)]
    [InlineData("ed25519", 256)]
    [InlineData("ecdsa", 384)]
    [InlineData("rsa", 3072)]
    public async Task Signs_in_with_the_file_of_a_registered_key(string type, int bits)
    {
        string line = await SshKeygen.GenerateAsync(_alice["key"], type, bits);
        RegisteredKeyResponse key = await RegisterAsync(line);
        ProcessRun run = (await LoginAsync(_alice["key"])).Expect(0);
        Assert.Equal($"signed in to {Url} as alice\n", run.Output);
        (await _alice.RunAsync("whoami")).Expect(0);
        Assert.Equal("alice", Assert.Single(await _broker.Admin.JournalAsync("signed-in")).Subject);

        using HttpResponseMessage removed = await _broker.Admin.Http.DeleteAsync(new Uri($"{Routes.Keys}/{key.Id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        ProcessRun after = (await _alice.RunAsync("whoami")).Expect(3);
        Assert.Contains("that this access token was got with is removed, expired or revoked", after.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Signs_in_with_a_key_that_only_the_agent_can_use()
    {
        await RegisterAsync(await SshKeygen.GenerateAsync(_alice["key"], SshKeygen.Ed25519));
        // ssh-agent as the parent of the shell lives no longer than that.
        string script = $"ssh-add -q '{_alice["key"]}' && rm '{_alice["key"]}' && exec '{ProductProgram.Sshfn.Path}' login --broker {Url} --ssh-key '{_alice["key.pub"]}'";
        ProcessRun run = await ProcessRun.ToEndAsync("ssh-agent", ["sh", "-c", script], null, _alice.Folder, _alice.Environment);
        Assert.Equal($"signed in to {Url} as alice\n", run.Expect(0).Output);
    }

    [Fact(Timeout = Patience)]
    public async Task Asks_nobody_for_a_passphrase_where_nobody_can_answer()
    {
        await RegisterAsync(await SshKeygen.GenerateAsync(_alice["key"], SshKeygen.Ed25519));
        (await ProcessRun.ToEndAsync("ssh-keygen", ["-q", "-p", "-P", "", "-N", "a passphrase", "-f", _alice["key"]])).Expect(0);
        ProcessRun run = (await LoginAsync(_alice["key"])).Expect(1);
        Assert.Contains("sshfn: error: ssh-keygen did not sign: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("ssh-add -l", run.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Tells_nobody_whether_a_key_is_registered_and_its_holder_why_it_does_not_count()
    {
        string line = await SshKeygen.GenerateAsync(_alice["key"], SshKeygen.Ed25519);
        ProcessRun unknown = (await LoginAsync(_alice["key"])).Expect(3);
        Assert.Contains("this is no signature of a registered key over a challenge", unknown.Error, StringComparison.Ordinal);
        await RegisterAsync(line, "group=ops");
        ProcessRun group = (await LoginAsync(_alice["key"])).Expect(1);
        Assert.Contains("belongs to group=ops: nobody signs in as a group", group.Error, StringComparison.Ordinal);
        Assert.Single(await _broker.Admin.JournalAsync("sign-in.refused"));
    }

    [Fact(Timeout = Patience)]
    public async Task A_signature_counts_once_also_over_a_restart()
    {
        await RegisterAsync(await SshKeygen.GenerateAsync(_alice["key"], SshKeygen.Ed25519));
        SshKeyChallengeResponse challenge = await _broker.Anonymous.PostAsync<SshKeyChallengeRequest, SshKeyChallengeResponse>(
            Routes.SshKeyChallenges, new SshKeyChallengeRequest((await File.ReadAllTextAsync(_alice["key.pub"])).Trim()));
        Assert.Equal(SshKeyChallengeResponse.SignatureNamespace, challenge.Namespace);
        await File.WriteAllTextAsync(_alice["message"], challenge.Challenge, new UTF8Encoding(false));
        (await ProcessRun.ToEndAsync(
            "ssh-keygen", ["-q", "-Y", "sign", "-n", challenge.Namespace, "-f", _alice["key"], _alice["message"]])).Expect(0);
        SshKeySignInRequest signed = new(challenge.Challenge, await File.ReadAllTextAsync(_alice["message.sig"]));
        int port = _broker.Url.Port;
        await _broker.StopAsync();
        await _broker.DisposeAsync();
        // A later --listen replaces the free port of the fixture.
        _broker = await TestBroker.StartAsync(_folder, ["--public-url", $"http://127.0.0.1:{port}"]);
        CreatedAccessTokenResponse created =
            await _broker.Anonymous.PostAsync<SshKeySignInRequest, CreatedAccessTokenResponse>(Routes.SshKeySignIn, signed);
        Assert.Equal("alice", (await _broker.As(created.Token).GetAsync<CallerResponse>(Routes.Me)).Subject);
        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(() =>
            _broker.Anonymous.PostAsync<SshKeySignInRequest, CreatedAccessTokenResponse>(Routes.SshKeySignIn, signed));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    private Task<ProcessRun> LoginAsync(string file) => _alice.RunAsync("login", "--broker", Url, "--ssh-key", file);

    private Task<RegisteredKeyResponse> RegisterAsync(string line, string owner = "alice") =>
        _broker.Admin.PostAsync<RegisterKeyRequest, RegisteredKeyResponse>(Routes.Keys, new RegisterKeyRequest("laptop", line.Trim(), owner));
}
