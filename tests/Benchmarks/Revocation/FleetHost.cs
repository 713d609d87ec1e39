using System.Diagnostics;
using System.Globalization;
using SshFunctions.Api;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Revocation;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Ssh;
using SshFunctions.Support.Sshd;

namespace SshFunctions.Benchmarks.Revocation;

/// <summary>One enrolled host with its agent, and the person who enters it.</summary>
internal sealed class FleetHost : IAsyncDisposable
{
    private const string Alias = "host";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly EnrollableSshd _server;
    private readonly BackgroundProgram _agent;
    private readonly BrokerApi _person;
    private readonly TemporaryFolder _folder;
    private readonly string _name;
    private readonly string _resource;
    private readonly string _publicKey;

    private FleetHost(EnrollableSshd server, BackgroundProgram agent, BrokerApi person, TemporaryFolder folder, string name, string resource, string publicKey)
    {
        _server = server;
        _agent = agent;
        _person = person;
        _folder = folder;
        _name = name;
        _resource = resource;
        _publicKey = publicKey;
    }

    public static async Task<FleetHost> StartAsync(TestBroker broker, TemporaryFolder folder, int number)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"host{number}");
        string resource = $"acme/fleet/{name}";
        EnrollableSshd server = await EnrollableSshd.StartAsync();
        await broker.Admin.PutResourceAsync(resource, new ResourceRequest([new HostAddress("127.0.0.1", server.Port)], [server.Login]));
        await broker.Admin.GrantAsync(name, name, resource);
        CreatedEnrollmentTokenResponse token = await broker.Admin.PostAsync<CreateEnrollmentTokenRequest, CreatedEnrollmentTokenResponse>(
            Routes.EnrollmentTokens, new CreateEnrollmentTokenRequest(resource));
        await server.EnrollAsync(broker.Url.GetLeftPart(UriPartial.Authority), token.Token);
        BackgroundProgram agent = server.StartAgent();
        string key = await SshKeygen.GenerateAsync(folder[name], SshKeygen.Ed25519);
        await File.WriteAllTextAsync(folder["known_hosts"], await broker.Anonymous.Http.GetStringAsync(new Uri(Routes.KnownHosts, UriKind.Relative)));
        return new FleetHost(server, agent, await broker.AsPersonAsync(name), folder, name, resource, key.Trim());
    }

    /// <summary>A new certificate, and a session that it opened.</summary>
    public async Task<FleetSession> EnterAsync()
    {
        UserCertificateResponse minted = await _person.IssueAsync(_publicKey, _resource, _server.Login);
        await File.WriteAllTextAsync(_folder[_name + "-cert.pub"], minted.Certificate + "\n");
        return new FleetSession(await Client.OpenAsync(Alias), minted);
    }

    /// <summary>Waits until the KRL in force here holds a certificate: sshd reads it at the next login.</summary>
    /// <returns>Milliseconds since the start.</returns>
    public async Task<double> RefusesAsync(SshCertificate certificate, long start)
    {
        string path = _server.Files.Folder + "/krl";
        DateTime seen = default;
        while (Stopwatch.GetElapsedTime(start) < Patience)
        {
            DateTime written = File.GetLastWriteTimeUtc(path);
            if (written != seen && RevocationList.Parse(await File.ReadAllBytesAsync(path)).IsRevoked(certificate))
                return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            seen = written;
            await Task.Delay(1); // the resolution of the measurement: a watcher of the file would add its own latency to what is measured
        }

        throw new TimeoutException($"{_name} does not refuse serial {certificate.Content.Serial}");
    }

    /// <summary>A login with the revoked certificate, by stock ssh at the unmodified sshd.</summary>
    public async Task MustRefuseAsync() => (await Client.RunAsync(Alias, ["true"])).Expect(255);

    public async ValueTask DisposeAsync()
    {
        _agent.Dispose();
        await _server.DisposeAsync();
    }

    private SshClient Client => new(_folder.Write(
        "config-" + _name,
        _server.ClientConfiguration(Alias, _folder["known_hosts"]) + $"  BatchMode yes\n  IdentityFile {_folder[_name]}\n  CertificateFile {_folder[_name + "-cert.pub"]}\n"));
}
