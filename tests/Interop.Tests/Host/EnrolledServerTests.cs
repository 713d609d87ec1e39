using System.Globalization;
using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Ssh;
using SshFunctions.Support.Sshd;

namespace SshFunctions.Interop.Tests.Host;

/// <summary>A stock sshd enrolled with a real broker: every way in works while it is enrolled, and none of ours afterwards.</summary>
public sealed class EnrolledServerTests : IAsyncLifetime, IDisposable
{
    private const int Patience = 180_000;
    private const string Resource = "acme/production/web";
    private const string Alias = "web";

    private readonly TemporaryFolder _folder = new();
    private TestBroker _broker = null!;
    private EnrollableSshd _server = null!;
    private BrokerApi _alice = null!;

    public async Task InitializeAsync()
    {
        _broker = await TestBroker.StartAsync(_folder);
        _server = await EnrollableSshd.StartAsync();
        await _broker.Admin.PutResourceAsync(Resource, new ResourceRequest([new HostAddress("127.0.0.1", _server.Port)], [_server.Login]));
        await _broker.Admin.GrantAsync("alice-web", "alice", Resource);
        _alice = await _broker.AsPersonAsync("alice");
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _broker.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Patience)]
    public async Task Certificate_registered_key_and_passcode_enter_and_unenroll_restores_every_byte()
    {
        string before = await _server.Files.SnapshotAsync();
        await EnrollAsync("--passcodes", "--registered-keys");
        SshClient certified = await CertifiedAsync();
        SshClient registered = await RegisteredAsync();

        Assert.Equal(_server.Login, (await certified.RunAsync(Alias, ["id", "-un"])).Expect(0).Output.Trim());
        Assert.Equal(_server.Login, (await registered.RunAsync(Alias, ["id", "-un"])).Expect(0).Output.Trim());
        string passcode = await MintPasscodeAsync();
        Assert.Equal(_server.Login, (await ByPasscodeAsync(passcode, "id", "-un")).Expect(0).Output.Trim());
        Assert.NotEqual(0, (await ByPasscodeAsync(passcode, "true")).ExitCode);

        await _server.UnenrollAsync();

        Assert.Equal(before, await _server.Files.SnapshotAsync());
        Assert.False(Directory.Exists(_server.Files.Folder));
        (await certified.RunAsync(Alias, ["true"])).Expect(255);
        (await registered.RunAsync(Alias, ["true"])).Expect(255);
        Assert.Empty(await _broker.Admin.ListAsync<HostResponse>(Routes.Hosts));
    }

    [Fact(Timeout = Patience)]
    public async Task An_enrollment_token_enrolls_once()
    {
        string token = await EnrollmentTokenAsync();
        await _server.EnrollAsync(Broker, token);
        await _server.UnenrollAsync();

        ProcessRun again = (await _server.HostAsync("enroll", token, ["--broker", Broker, "--token-stdin", .. _server.Machine])).Expect(3);

        Assert.Contains("nothing of it is left on this machine", again.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_server.Files.Folder));
    }

    [Fact(Timeout = Patience)]
    public async Task What_a_passcode_opens_forwards_nothing()
    {
        await EnrollAsync("--passcodes");

        ProcessRun run = await ByPasscodeAsync(await MintPasscodeAsync(), ["-W", $"127.0.0.1:{_server.Port}"]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("administratively prohibited", run.Error, StringComparison.Ordinal);
    }

    private string Broker => _broker.Url.GetLeftPart(UriPartial.Authority);

    private async Task EnrollAsync(params string[] options) => await _server.EnrollAsync(Broker, await EnrollmentTokenAsync(), options);

    private async Task<string> EnrollmentTokenAsync() => (await _broker.Admin.PostAsync<CreateEnrollmentTokenRequest, CreatedEnrollmentTokenResponse>(
        Routes.EnrollmentTokens, new CreateEnrollmentTokenRequest(Resource))).Token;

    private async Task<string> MintPasscodeAsync() => (await _alice.PostAsync<MintPasscodeRequest, PasscodeResponse>(
        Routes.Passcodes, new MintPasscodeRequest(Resource, _server.Login))).Passcode;

    private async Task<SshClient> CertifiedAsync()
    {
        string key = await SshKeygen.GenerateAsync(_folder["certified"], SshKeygen.Ed25519);
        UserCertificateResponse minted = await _alice.IssueAsync(key.Trim(), Resource, _server.Login);
        string certificate = _folder.Write("certified-cert.pub", minted.Certificate + "\n");
        return await ClientAsync("certified", $"BatchMode yes\nIdentityFile {_folder["certified"]}\nCertificateFile {certificate}\n");
    }

    private async Task<SshClient> RegisteredAsync()
    {
        string key = await SshKeygen.GenerateAsync(_folder["registered"], SshKeygen.Ed25519);
        await _alice.PostAsync<RegisterKeyRequest, RegisteredKeyResponse>(Routes.Keys, new RegisterKeyRequest("laptop", key.Trim()));
        return await ClientAsync("registered", $"BatchMode yes\nIdentityFile {_folder["registered"]}\n");
    }

    private Task<ProcessRun> ByPasscodeAsync(string passcode, params string[] command) => ByPasscodeAsync(passcode, [], command);

    private async Task<ProcessRun> ByPasscodeAsync(string passcode, string[] options, params string[] command)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"passcode{Directory.GetFiles(_folder.Path).Length}");
        await ClientAsync(name, "PubkeyAuthentication no\nPreferredAuthentications password\nNumberOfPasswordPrompts 1\n");
        return await ProcessRun.ToEndAsync(
            "sshpass", ["-e", "ssh", "-F", _folder["config-" + name], .. options, Alias, .. command],
            environment: new Dictionary<string, string?> { ["SSHPASS"] = passcode });
    }

    // Trusts the broker's host CA and no key of the server: the certificate of its host key is what lets it be believed.
    private async Task<SshClient> ClientAsync(string name, string lines)
    {
        string authorities = await _broker.Anonymous.Http.GetStringAsync(new Uri(Routes.KnownHosts, UriKind.Relative));
        string known = _folder.Write("known-" + name, authorities);
        return new SshClient(_folder.Write("config-" + name, _server.ClientConfiguration(Alias, known) + lines));
    }
}
