using SshFunctions.Support.Files;

namespace SshFunctions.Support.Broker;

/// <summary>The real broker as a process of its own, on a loopback port that the system chose.</summary>
/// <remarks>It does not outlive the test process. Its folder is the caller's, so that a next one can start on the same.</remarks>
public sealed class TestBroker : IAsyncDisposable
{
    private readonly BrokerProcess _process;
    private readonly List<BrokerApi> _clients = [];

    private TestBroker(BrokerProcess process, string data, string bootstrapToken)
    {
        _process = process;
        Data = data;
        BootstrapToken = bootstrapToken;
        Admin = As(bootstrapToken);
    }

    /// <summary>The data directory, absolute.</summary>
    public string Data { get; }

    /// <summary>The first admin's token.</summary>
    public string BootstrapToken { get; }

    /// <summary>Where it listens.</summary>
    public Uri Url => _process.Url;

    /// <summary>The broker's own process, not its watchdog's.</summary>
    public int ProcessId => _process.Id;

    /// <summary>What it has logged so far, one JSON object a line.</summary>
    public string Log => _process.Log;

    /// <summary>The API as the first admin.</summary>
    public BrokerApi Admin { get; }

    /// <summary>The API as nobody.</summary>
    public BrokerApi Anonymous => As(null);

    /// <summary>The data directory of the broker that is started in a folder.</summary>
    /// <param name="folder">The folder.</param>
    public static string DataOf(TemporaryFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return folder["data"];
    }

    /// <summary>Starts it on the data directory of a folder and returns when it listens.</summary>
    /// <param name="folder">Holds the data directory, and keeps it.</param>
    /// <param name="options">Further options of <c>sshfn-broker serve</c>.</param>
    /// <param name="environment">Variables on top of this process's own.</param>
    /// <param name="program">Started in the broker's place, with its arguments: a script that ends by becoming it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">It ended at once; the message holds what it wrote.</exception>
    public static async Task<TestBroker> StartAsync(
        TemporaryFolder folder,
        IEnumerable<string>? options = null,
        IReadOnlyDictionary<string, string>? environment = null,
        string? program = null,
        CancellationToken cancellationToken = default)
    {
        string data = DataOf(folder);
        BrokerProcess process = await BrokerProcess.StartAsync(
            ["serve", "--data", data, "--listen", "http://127.0.0.1:0", .. options ?? []], environment, cancellationToken, program);
        // Written before it listens, at the first start of a directory.
        string token = await File.ReadAllTextAsync(Path.Combine(data, "bootstrap-token"), cancellationToken);
        return new TestBroker(process, data, token.TrimEnd());
    }

    /// <summary>The API with a token.</summary>
    /// <param name="token"><c>id.secret</c>; null for none.</param>
    public BrokerApi As(string? token)
    {
        var client = new BrokerApi(Url, token);
        lock (_clients) _clients.Add(client);
        return client;
    }

    /// <summary>The API as a new person without any grant.</summary>
    /// <param name="subject">Who.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<BrokerApi> AsPersonAsync(string subject, CancellationToken cancellationToken = default) =>
        As(await Admin.CreateTokenAsync(subject, cancellationToken));

    /// <summary>Ends it with SIGKILL and waits until it is gone.</summary>
    public async Task KillAsync(CancellationToken cancellationToken = default)
    {
        _process.Signal("KILL");
        await _process.WaitAsync(cancellationToken);
    }

    /// <summary>Ends it with SIGTERM and waits until it is gone.</summary>
    /// <returns>Its exit code, and what it wrote on standard error.</returns>
    public async Task<(int ExitCode, string Errors)> StopAsync(CancellationToken cancellationToken = default)
    {
        _process.Signal("TERM");
        return await _process.WaitAsync(cancellationToken);
    }

    /// <summary>Ends it if it still runs.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_clients) _clients.ForEach(client => client.Dispose());
        return _process.DisposeAsync();
    }
}
