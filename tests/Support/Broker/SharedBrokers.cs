using SshFunctions.Core.Callers;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Azurite;
using SshFunctions.Support.Files;

namespace SshFunctions.Support.Broker;

/// <summary>Several real brokers, processes of their own, on one storage account and the same keys.</summary>
/// <remarks>None outlives the test process.</remarks>
public sealed class SharedBrokers : IAsyncDisposable
{
    private readonly List<BrokerProcess> _processes = [];
    private readonly List<BrokerApi> _clients = [];
    private readonly string[] _arguments;

    private SharedBrokers(string adminToken, string[] arguments)
    {
        AdminToken = adminToken;
        _arguments = arguments;
    }

    /// <summary>The first admin's token.</summary>
    public string AdminToken { get; }

    /// <summary>How many were started, dead ones too.</summary>
    public int Count => _processes.Count;

    /// <summary>Starts some.</summary>
    /// <param name="folder">Holds their keys.</param>
    /// <param name="account">Holds everything else.</param>
    /// <param name="count">How many.</param>
    /// <param name="options">Further options of <c>sshfn-broker serve</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<SharedBrokers> StartAsync(
        TemporaryFolder folder, AzuriteAccount account, int count, IEnumerable<string>? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(account);
        SealedAccessToken made = SealedAccessToken.Generate(out Secret secret);
        using Secret held = secret;
        string[] arguments =
        [
            "serve", "--store", "tables", "--listen", "http://127.0.0.1:0",
            "--tables-url", account.TablesUrl.AbsoluteUri, "--storage-key-file", WriteSecret(folder, "storage-key", account.Key),
            "--user-ca", WriteKey(folder, "user-ca"), "--host-ca", WriteKey(folder, "host-ca"), "--journal-key", WriteKey(folder, "journal"),
            "--admin-token-hash", made.ToString(), "--requests-per-minute-per-caller", "1000000", "--requests-per-minute-per-address", "1000000",
            .. options ?? [],
        ];
        var brokers = new SharedBrokers($"{made.Id}.{held.Reveal()}", arguments);
        try
        {
            while (brokers.Count < count) await brokers.StartOneAsync(cancellationToken);
            return brokers;
        }
        catch
        {
            await brokers.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts another.</summary>
    /// <returns>Its number, from 0.</returns>
    public async Task<int> StartOneAsync(CancellationToken cancellationToken = default)
    {
        _processes.Add(await BrokerProcess.StartAsync(_arguments, null, cancellationToken));
        return _processes.Count - 1;
    }

    /// <summary>Where one listens.</summary>
    public Uri UrlOf(int number) => _processes[number].Url;

    /// <summary>What one has logged so far, one JSON object a line.</summary>
    public string LogOf(int number) => _processes[number].Log;

    /// <summary>The API of one, as the first admin.</summary>
    public BrokerApi Admin(int number) => As(number, AdminToken);

    /// <summary>The API of one, with a token.</summary>
    /// <param name="number">Which.</param>
    /// <param name="token"><c>id.secret</c>; null for none.</param>
    public BrokerApi As(int number, string? token)
    {
        var client = new BrokerApi(UrlOf(number), token);
        lock (_clients) _clients.Add(client);
        return client;
    }

    /// <summary>Ends one with SIGKILL and waits until it is gone.</summary>
    public async Task KillAsync(int number, CancellationToken cancellationToken = default)
    {
        _processes[number].Signal("KILL");
        await _processes[number].WaitAsync(cancellationToken);
    }

    /// <summary>Ends those that still run.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_clients) _clients.ForEach(client => client.Dispose());
        foreach (BrokerProcess process in _processes) await process.DisposeAsync();
    }

    private static string WriteKey(TemporaryFolder folder, string name)
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        return WriteSecret(folder, name, System.Text.Encoding.ASCII.GetString(OpenSshPrivateKey.Write(key, name)));
    }

    private static string WriteSecret(TemporaryFolder folder, string name, string text)
    {
        string path = folder.Write(name, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
