using System.Security.Cryptography;
using SshFunctions.Support.Files;

namespace SshFunctions.Support.Azurite;

/// <summary>Azurite, the emulator of Azure Storage, on free loopback ports.</summary>
/// <remarks>
/// A process of it takes some 100 MB, so test classes share <see cref="SharedAsync"/>, and each test takes an account of its own. It does
/// not outlive the test process. Its services keep their ports over <see cref="StopAsync"/> and <see cref="StartAgainAsync"/>; what they
/// hold survives only with a folder.
/// </remarks>
public sealed class AzuriteProcess : IAsyncDisposable
{
    private const int AccountCount = 500;
    private const int KeyBytes = 64;
    private static readonly AzuriteServices[] EveryService = [AzuriteServices.Tables, AzuriteServices.Queues, AzuriteServices.Blobs];
    private static readonly Lazy<Task<AzuriteProcess>> Shared = new(() => StartAsync(new AzuriteOptions()));
    private static readonly Lazy<Task<AzuriteProcess>> SharedWithTokens = new(() => StartAsync(new AzuriteOptions { TakesTokens = true }));

    private readonly AzuriteOptions _options;
    private readonly TemporaryFolder _folder = new();
    private readonly string[] _keys = [.. Enumerable.Range(0, AccountCount).Select(_ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)))];
    private readonly Dictionary<AzuriteServices, int> _ports = [];
    private readonly List<AzuriteService> _running = [];
    private readonly string? _keyFile;
    private int _takenCount;

    private AzuriteProcess(AzuriteOptions options)
    {
        _options = options;
        if (options.TakesTokens) (AuthorityFile, _keyFile) = AzuriteCertificate.Make(_folder.Path);
    }

    /// <summary>The certificate to trust, PEM; null without TLS.</summary>
    public string? AuthorityFile { get; }

    /// <summary>The one of this test process, over HTTP, in memory.</summary>
    public static Task<AzuriteProcess> SharedAsync() => Shared.Value;

    /// <summary>The one of this test process that takes tokens, over TLS, in memory.</summary>
    public static Task<AzuriteProcess> SharedWithTokensAsync() => SharedWithTokens.Value;

    /// <summary>Starts one and returns when it listens.</summary>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<AzuriteProcess> StartAsync(AzuriteOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var process = new AzuriteProcess(options);
        try
        {
            await process.StartAgainAsync(cancellationToken);
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>An account that nobody else has.</summary>
    public AzuriteAccount TakeAccount()
    {
        int number = Interlocked.Increment(ref _takenCount) - 1;
        return number < AccountCount
            ? new AzuriteAccount(NameOf(number), _keys[number], UrlOf)
            : throw new InvalidOperationException($"all {AccountCount} accounts of this Azurite are taken");
    }

    /// <summary>Ends every service, as an outage does; with a folder, what they hold is kept.</summary>
    public async Task StopAsync()
    {
        await Task.WhenAll(_running.Select(service => service.DisposeAsync().AsTask()));
        _running.Clear();
    }

    /// <summary>Starts every service again where it was.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task StartAgainAsync(CancellationToken cancellationToken = default)
    {
        if (_running.Count > 0) return;
        AzuriteServices[] asked = [.. EveryService.Where(service => _options.Services.HasFlag(service))];
        AzuriteService[] started = await Task.WhenAll(asked.Select(service => StartAsync(service, cancellationToken)));
        for (int index = 0; index < asked.Length; index++) _ports[asked[index]] = started[index].Port;
        _running.AddRange(started);
    }

    /// <summary>Ends it and removes what it kept, a folder of the caller's excepted.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private static string NameOf(int number) => FormattableString.Invariant($"account{number:D3}");

    private Task<AzuriteService> StartAsync(AzuriteServices service, CancellationToken cancellationToken)
    {
        string name = service switch { AzuriteServices.Tables => "table", AzuriteServices.Queues => "queue", _ => "blob" };
        string[] place = _options.Folder is null ? ["--inMemoryPersistence"] : ["--location", _options.Folder];
        string[] identity = _options.TakesTokens ? ["--oauth", "basic", "--cert", AuthorityFile!, "--key", _keyFile!] : [];
        string accounts = string.Join(';', _keys.Select((key, number) => $"{NameOf(number)}:{key}"));
        return AzuriteService.StartAsync(name, _ports.GetValueOrDefault(service), [.. place, .. identity], accounts, cancellationToken);
    }

    private Uri? UrlOf(AzuriteServices service) =>
        _ports.TryGetValue(service, out int port) ? new Uri($"{(_options.TakesTokens ? "https" : "http")}://127.0.0.1:{port}/") : null;
}
