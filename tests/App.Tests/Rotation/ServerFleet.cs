using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Ssh;
using SshFunctions.Support.Sshd;

namespace SshFunctions.App.Tests.Rotation;

/// <summary>Stock sshds, each enrolled as a resource of its own, and a person who may enter them all.</summary>
internal sealed class ServerFleet : IAsyncDisposable
{
    private readonly RotatingBroker _broker;
    private readonly TemporaryFolder _folder;
    private readonly List<EnrollableSshd> _servers = [];
    private BrokerApi _alice = null!;
    private string _key = "";
    private int _count;

    private ServerFleet(RotatingBroker broker, TemporaryFolder folder) => (_broker, _folder) = (broker, folder);

    public IReadOnlyList<EnrollableSshd> Servers => _servers;

    public static async Task<ServerFleet> StartAsync(RotatingBroker broker, TemporaryFolder folder, int count)
    {
        var fleet = new ServerFleet(broker, folder);
        for (int number = 0; number < count; number++) await fleet.EnrollAsync(number);
        fleet._alice = await broker.AsPersonAsync("alice@example.com");
        await broker.Admin.PutAsync<GrantRequest, GrantResponse>($"{Routes.Grants}/all", new GrantRequest("acme/production", "developer", Subject: "alice@example.com"));
        fleet._key = (await SshKeygen.GenerateAsync(folder["id"], SshKeygen.Ed25519)).Trim();
        await fleet.LearnHostKeysAsync();
        return fleet;
    }

    public static string PathOf(int number) => $"acme/production/web{number}";

    /// <summary>What clients do from time to time.</summary>
    public async Task LearnHostKeysAsync() => _folder.Write("known_hosts", await _broker.TextAsync(Routes.KnownHosts));

    public async Task RefreshAsync(params int[] numbers)
    {
        foreach (int number in numbers) (await _servers[number].HostAsync("refresh")).Expect(0);
    }

    public async Task RefreshAllAsync() => await RefreshAsync([.. Enumerable.Range(0, _servers.Count)]);

    public Task<UserCertificateResponse> IssueAsync(int number) => _alice.IssueAsync(_key, PathOf(number), _servers[number].Login);

    /// <summary>Enters a server with a new certificate, or one of before.</summary>
    public async Task<ProcessRun> LogInAsync(int number, UserCertificateResponse? certificate = null)
    {
        certificate ??= await IssueAsync(number);
        int attempt = Interlocked.Increment(ref _count);
        string file = _folder.Write($"cert-{attempt}.pub", certificate.Certificate + "\n");
        string configuration = _folder.Write(
            $"config-{attempt}",
            _servers[number].ClientConfiguration("web", _folder["known_hosts"]) + $"  BatchMode yes\n  IdentityFile {_folder["id"]}\n  CertificateFile {file}\n");
        return await new SshClient(configuration).RunAsync("web", ["true"]);
    }

    public string TrustedBy(int number) => File.ReadAllText(Path.Combine(_servers[number].Files.Folder, "user_ca.pub"));

    public async ValueTask DisposeAsync()
    {
        _alice?.Dispose();
        foreach (EnrollableSshd server in _servers) await server.DisposeAsync();
    }

    private async Task EnrollAsync(int number)
    {
        EnrollableSshd server = await EnrollableSshd.StartAsync();
        _servers.Add(server);
        await _broker.Admin.PutResourceAsync(PathOf(number), new ResourceRequest([new HostAddress("127.0.0.1", server.Port)], [server.Login]));
        string token = (await _broker.Admin.PostAsync<CreateEnrollmentTokenRequest, CreatedEnrollmentTokenResponse>(
            Routes.EnrollmentTokens, new CreateEnrollmentTokenRequest(PathOf(number)))).Token;
        await server.EnrollAsync(_broker.Address, token);
    }
}
