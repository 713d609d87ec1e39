using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Ssh;
using SshFunctions.Support.Sshd;

namespace SshFunctions.Interop.Tests.Host;

/// <summary>A stock sshd that was enrolled with a real broker; a person with a grant on it.</summary>
public sealed class EnrolledServer : IAsyncDisposable
{
    public const string Path = "acme/production/web";
    public const string Alias = "web";
    public const string Person = "alice@example.com";
    public const string Grant = "deployers";

    private readonly TemporaryFolder _folder = new();

    private EnrolledServer(EnrollableSshd sshd) => Sshd = sshd;

    public EnrollableSshd Sshd { get; }

    public TestBroker Broker { get; private set; } = null!;

    public BrokerApi Alice { get; private set; } = null!;

    public string BrokerAddress => Broker.Url.GetLeftPart(UriPartial.Authority);

    /// <summary>Enrolls it with options of <c>sshfn host enroll</c>; the grant may be narrowed.</summary>
    public static async Task<EnrolledServer> StartAsync(Func<GrantRequest, GrantRequest>? grant = null, params string[] options)
    {
        EnrolledServer server = await StartUnenrolledAsync(grant);
        try
        {
            await server.EnrollAsync(options);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Everything but the enrollment.</summary>
    /// <param name="grant">Narrows the grant.</param>
    /// <param name="configuration">Further lines of the configuration of sshd.</param>
    /// <param name="brokerOptions">Further options of <c>sshfn-broker serve</c>.</param>
    public static async Task<EnrolledServer> StartUnenrolledAsync(
        Func<GrantRequest, GrantRequest>? grant = null, string configuration = "", params string[] brokerOptions)
    {
        var server = new EnrolledServer(await EnrollableSshd.StartAsync(configuration));
        try
        {
            await server.PrepareAsync(grant, brokerOptions);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task EnrollAsync(params string[] options) => await Sshd.EnrollAsync(BrokerAddress, await EnrollmentTokenAsync(), options);

    public async Task<string> EnrollmentTokenAsync() => (await Broker.Admin.PostAsync<CreateEnrollmentTokenRequest, CreatedEnrollmentTokenResponse>(
        Routes.EnrollmentTokens, new CreateEnrollmentTokenRequest(Path))).Token;

    /// <summary>A client with a new key pair, and a certificate when it is asked for.</summary>
    public async Task<(SshClient Client, UserCertificateResponse? Certificate, string PublicKey)> ClientAsync(string name, bool withCertificate)
    {
        string key = (await SshKeygen.GenerateAsync(_folder[name], SshKeygen.Ed25519)).Trim();
        UserCertificateResponse? certificate = withCertificate ? await Alice.IssueAsync(key, Path, Sshd.Login) : null;
        string credential = certificate is null ? "" : $"  CertificateFile {_folder.Write(name + "-cert.pub", certificate.Certificate + "\n")}\n";
        var client = new SshClient(_folder.Write("config-" + name, Sshd.ClientConfiguration(Alias, KnownHosts) + $"  BatchMode yes\n  IdentityFile {_folder[name]}\n{credential}"));
        return (client, certificate, key);
    }

    /// <summary>The private key of a client; a certificate beside it is found by ssh itself.</summary>
    public string KeyFile(string name) => _folder[name];

    /// <summary>A stock client that only knows a password, as SSH_ASKPASS gives it.</summary>
    public SshClient PasswordClient(string password, string methods = "keyboard-interactive,password")
    {
        string config = _folder.Write("config-password", Sshd.ClientConfiguration(Alias, KnownHosts) + $"  PubkeyAuthentication no\n  PreferredAuthentications {methods}\n  NumberOfPasswordPrompts 1\n");
        return new SshClient(config, PasswordEnvironment(password));
    }

    public async Task<PasscodeResponse> PasscodeAsync() => await Alice.PostAsync<MintPasscodeRequest, PasscodeResponse>(
        Routes.Passcodes, new MintPasscodeRequest(Path, Sshd.Login));

    public Task<RevokedResponse> RevokeAsync(RevokeAccessRequest request) =>
        Broker.Admin.PostAsync<RevokeAccessRequest, RevokedResponse>(Routes.Revocations, request);

    public Task<ProcessRun> RefreshAsync() => Sshd.HostAsync("refresh");

    public async ValueTask DisposeAsync()
    {
        await Sshd.DisposeAsync();
        if (Broker is not null) await Broker.DisposeAsync();
        _folder.Dispose();
    }

    private string KnownHosts => _folder["known_hosts"];

    // What makes a stock client take a password from somewhere else than a terminal.
    private Dictionary<string, string?> PasswordEnvironment(string password)
    {
        string ask = _folder.Write("ask.sh", "#!/bin/sh\nprintf '%s\\n' \"$SSHFN_TEST_PASSWORD\"\n");
        File.SetUnixFileMode(ask, (UnixFileMode)0b111_000_000);
        return new Dictionary<string, string?>
        {
            ["SSH_ASKPASS"] = ask,
            ["SSH_ASKPASS_REQUIRE"] = "force",
            ["SSHFN_TEST_PASSWORD"] = password,
            ["DISPLAY"] = ":0",
        };
    }

    private async Task PrepareAsync(Func<GrantRequest, GrantRequest>? grant, string[] brokerOptions)
    {
        Broker = await TestBroker.StartAsync(_folder, brokerOptions);
        await Broker.Admin.PutResourceAsync(Path, new ResourceRequest([new HostAddress("127.0.0.1", Sshd.Port)], [Sshd.Login]));
        Alice = await Broker.AsPersonAsync(Person);
        var plain = new GrantRequest(Path, "developer", Subject: Person);
        await Broker.Admin.PutAsync<GrantRequest, GrantResponse>($"{Routes.Grants}/{Grant}", grant?.Invoke(plain) ?? plain);
        _folder.Write("known_hosts", (await Broker.Admin.Http.GetStringAsync(new Uri(Routes.KnownHosts, UriKind.Relative))));
    }
}
