using System.Text.Json.Nodes;
using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.OpenId;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Sshfn;

namespace SshFunctions.Hooks.Tests.SignIn;

/// <summary>The device flow and renewal against a real OpenID Connect provider.</summary>
public sealed class DeviceLoginTests : IAsyncLifetime, IDisposable
{
    private const int Patience = 120_000;

    private readonly FakeBroker _broker = new();
    private readonly SshfnProgram _sshfn = new();
    private OpenIdProvider _provider = null!;

    private string Credentials => _sshfn.Config + "/credentials.json";

    public async Task InitializeAsync()
    {
        _provider = await OpenIdProvider.StartAsync();
        _broker.Knows = token => token.Count(unit => unit == '.') == 2;
        Offer("id_token");
    }

    public async Task DisposeAsync() => await _provider.DisposeAsync();

    public void Dispose()
    {
        _broker.Dispose();
        _sshfn.Dispose();
    }

    [Fact(Timeout = Patience)]
    public async Task Signs_in_with_a_code_that_is_entered_elsewhere_and_keeps_what_renews_it_to_itself()
    {
        ProcessRun run = (await SignInAsync(code => _provider.ApproveAsync(code, "alice"))).Expect(0);
        Assert.Equal($"signed in to {_broker.Address} as alice@example.com\n", run.Output);
        Assert.Contains($"sshfn: or open {_provider.Issuer}/device?user_code=", run.Error, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Credentials));
        JsonNode stored = await ReadAsync();
        Assert.Equal(_provider.Issuer, (string?)stored["session"]!["issuer"]);
        string secret = (string)stored["session"]!["refreshToken"]!;
        ProcessRun who = (await _sshfn.RunAsync("whoami")).Expect(0);
        Assert.Contains($"issuer     {_provider.Issuer}\n", who.Output, StringComparison.Ordinal);
        foreach (ProcessRun each in (ProcessRun[])[run, who])
            Assert.DoesNotContain(secret, each.Output + each.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Says_that_the_person_refused()
    {
        ProcessRun run = (await SignInAsync(code => _provider.DenyAsync(code))).Expect(3);
        Assert.Contains("sshfn: error: the sign-in was refused at the identity provider\n", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Credentials));
    }

    [Fact(Timeout = Patience)]
    public async Task Says_that_the_code_expired()
    {
        await _provider.SetCodeLifeAsync(TimeSpan.FromSeconds(3));
        ProcessRun run = (await SignInAsync(_ => Task.CompletedTask)).Expect(3);
        Assert.Contains("the code expired before anybody entered it", run.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Renews_a_token_that_is_about_to_end_once_for_many_processes_and_spends_no_refresh_token_twice()
    {
        await _provider.SetLifeAsync(TimeSpan.FromSeconds(30));
        (await SignInAsync(code => _provider.ApproveAsync(code, "alice"))).Expect(0);
        string before = await File.ReadAllTextAsync(Credentials);
        await _provider.SetLifeAsync(TimeSpan.FromSeconds(600));

        ProcessRun[] runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _sshfn.RunAsync("whoami")));
        Assert.All(runs, run => run.Expect(0));
        JsonNode after = await ReadAsync();
        Assert.NotEqual((string?)JsonNode.Parse(before)!["session"]!["refreshToken"], (string?)after["session"]!["refreshToken"]);
        (await _sshfn.CertAsync()).Expect(0);
        Assert.Equal(after.ToJsonString(), (await ReadAsync()).ToJsonString());

        // One process renewed: a second use of a spent refresh token would have ended the session.
        await ShortenAsync();
        (await _sshfn.RunAsync("whoami")).Expect(0);
    }

    [Fact(Timeout = Patience)]
    public async Task The_hook_renews_too_and_an_outage_of_the_provider_is_no_matter_while_the_token_holds()
    {
        await _provider.SetLifeAsync(TimeSpan.FromSeconds(50));
        (await SignInAsync(code => _provider.ApproveAsync(code, "alice"))).Expect(0);
        await _provider.StopAsync();
        (await _sshfn.CertAsync()).Expect(0);
        string before = await File.ReadAllTextAsync(Credentials);
        await _provider.StartAgainAsync();
        (await _sshfn.RunAsync("cert", "git.example.com", "2222", "deploy")).Expect(0);
        Assert.NotEqual(before, await File.ReadAllTextAsync(Credentials));

        await ShortenAsync();
        await _provider.StopAsync();
        ProcessRun away = (await _sshfn.RunAsync("whoami")).Expect(6);
        Assert.Contains($"sshfn: error: the identity provider {_provider.Issuer} can't be reached: no connection\n", away.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Says_to_sign_in_again_once_the_session_has_ended()
    {
        (await SignInAsync(code => _provider.ApproveAsync(code, "alice"))).Expect(0);
        await ShortenAsync(stored => stored["session"]!["refreshToken"] = "spent");
        ProcessRun run = (await _sshfn.RunAsync("whoami")).Expect(3);
        Assert.Equal(
            $"sshfn: error: the sign-in at {_provider.Issuer} has ended: invalid_grant\nsshfn: hint: sshfn login\n", run.Error);
        (await _sshfn.CertAsync()).Expect(1);
    }

    [Fact(Timeout = Patience)]
    public async Task Signs_out_at_the_provider_too_and_says_when_that_failed()
    {
        (await SignInAsync(code => _provider.ApproveAsync(code, "alice"))).Expect(0);
        string kept = await File.ReadAllTextAsync(Credentials);
        ProcessRun run = (await _sshfn.RunAsync("logout")).Expect(0);
        bool canRevoke = JsonNode.Parse(kept)!["session"]!["revocationEndpoint"] is not null;
        Assert.Contains(canRevoke ? "was ended too" : "lets nobody revoke", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Credentials));

        await File.WriteAllTextAsync(Credentials, kept.Replace("\"tokenEndpoint\"", $"\"revocationEndpoint\": \"{_provider.Issuer}/gone\", \"tokenEndpoint\"", StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Credentials, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await _provider.StopAsync();
        Assert.Contains("could not be ended", (await _sshfn.RunAsync("logout")).Expect(0).Error, StringComparison.Ordinal);
    }

    private void Offer(string clientToken) => _broker.On("GET", Routes.SignIn, _ => FakeAnswer.Of(
        new SignInResponse([new SignInIssuer("work", _provider.Issuer, OpenIdProvider.ClientId, ["openid", "email", "groups", "offline_access"], clientToken)], true),
        ApiJson.Default.SignInResponse));

    private Task<ProcessRun> SignInAsync(Func<string, Task> enter) => DeviceSignIn.RunAsync(
        SshfnProgram.Executable, new Dictionary<string, string?> { ["SSHFN_HOME"] = _sshfn.Home }, _broker.Address, enter);

    private async Task<JsonNode> ReadAsync() => JsonNode.Parse(await File.ReadAllTextAsync(Credentials))!;

    /// <summary>Lets the stored token have ended, as time would.</summary>
    private async Task ShortenAsync(Action<JsonNode>? further = null)
    {
        JsonNode stored = await ReadAsync();
        stored["expires"] = "2020-01-01T00:00:00+00:00";
        further?.Invoke(stored);
        await File.WriteAllTextAsync(Credentials, stored.ToJsonString());
    }
}
