using System.Globalization;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Ssh;
using SshFunctions.Support.Sshd;

namespace SshFunctions.Hooks.Tests.Host.Enroll;

/// <summary>A stock sshd, a broker that hosts can enroll with, and a client with a certificate for it.</summary>
public sealed class EnrollableHost : IAsyncDisposable
{
    public const string Alias = "web.example.com";

    private readonly TemporaryFolder _folder = new();
    private readonly FakeHostBroker _broker = new();

    private EnrollableHost(EnrollableSshd server)
    {
        Server = server;
        Hosts = new FakeHosts(_broker);
    }

    public EnrollableSshd Server { get; }

    public FakeBroker Broker => _broker.Broker;

    public FakeHosts Hosts { get; }

    public static async Task<EnrollableHost> StartAsync(string configuration = "", bool usePam = true) =>
        new(await EnrollableSshd.StartAsync(configuration, usePam));

    public Task<ProcessRun> EnrollAsync(params string[] options) => Server.EnrollAsync(Broker.Address, FakeHosts.EnrollmentToken, options);

    /// <summary>Enrolls, whatever comes of it.</summary>
    public Task<ProcessRun> TryToEnrollAsync(params string[] options) =>
        Server.HostAsync("enroll", FakeHosts.EnrollmentToken, ["--broker", Broker.Address, "--token-stdin", .. Server.Machine, .. options]);

    /// <summary>A client that trusts the host CA alone, with a certificate of the broker.</summary>
    public async Task<SshClient> ClientAsync(params string[] principals)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"key{Directory.GetFiles(_folder.Path).Length}");
        string key = await SshKeygen.GenerateAsync(_folder[name], SshKeygen.Ed25519);
        Broker.Authority.Tamper = content => content with { ValidPrincipals = [.. principals] };
        IssueUserCertificateRequest request = new(key.Trim(), new Destination(Alias, 22, Server.Login));
        FakeAnswer answer = Broker.Authority.Answer(JsonSerializer.Serialize(request, ApiJson.Default.IssueUserCertificateRequest));
        string certificate = _folder.Write(name + "-cert.pub", JsonSerializer.Deserialize(answer.Body, ApiJson.Default.UserCertificateResponse)!.Certificate + "\n");
        string known = _folder.Write("known_hosts", $"@cert-authority * {Broker.Authority.HostCaKey.ToText()}\n");
        return new SshClient(_folder.Write("config-" + name, Server.ClientConfiguration(Alias, known) + $"""
              BatchMode yes
              IdentityFile {_folder[name]}
              CertificateFile {certificate}

            """));
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _broker.Dispose();
        _folder.Dispose();
    }
}
