namespace SshFunctions.Support.Functions;

/// <summary>Keeps the handler running by the host's rules.</summary>
/// <remarks>
/// Exit code 0: not started again, every later call fails. 200: started again. Any other: an error, and the third one stops the host.
/// </remarks>
internal sealed class Handler : IAsyncDisposable
{
    private const int IntentionalRestart = 200;
    private const int MaximumErrorCount = 3;
    private readonly HostConfiguration _configuration;
    private readonly FunctionsHostOptions _options;
    private readonly HostLog _log;
    private readonly HttpClient _http;
    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly CancellationTokenSource _ended = new();
    private volatile HandlerProcess? _process;
    private HandlerProcess? _killed;
    private volatile TaskCompletionSource _started = New();
    private int _errorCount;

    public Handler(HostConfiguration configuration, FunctionsHostOptions options, HostLog log, HttpClient http)
    {
        _configuration = configuration;
        _options = options;
        _log = log;
        _http = http;
    }

    /// <summary>How often it was started.</summary>
    public int StartCount { get; private set; }

    /// <summary>Whether the host gave up on it.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>The running process.</summary>
    public HandlerProcess Process => _process ?? throw new InvalidOperationException("the handler was not started");

    /// <summary>Starts it and returns when it answers.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            _process?.Dispose();
            HandlerProcess process = HandlerProcess.Start(_configuration, _options, _log);
            _process = process;
            await process.WaitUntilReadyAsync(_http, _configuration.InitializationTimeout, cancellationToken);
            StartCount++;
            Interlocked.Exchange(ref _started, New()).SetResult();
            _ = WatchAsync(process);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Ends when the handler answers: what is invoked during a start waits.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        _changing.Release();
    }

    /// <summary>Ends when it was started so often, and answers.</summary>
    public async Task WaitForStartAsync(int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task started = _started.Task;
            if (StartCount >= count) return;
            await started.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Kills it and starts it again, as after an invocation that took too long.</summary>
    /// <param name="process">Which; nothing happens when it was replaced since.</param>
    public async Task RestartAsync(HandlerProcess process)
    {
        if (!ReferenceEquals(_process, process) || ReferenceEquals(Interlocked.Exchange(ref _killed, process), process)) return;
        await process.KillAsync();
        await StartAsync(_ended.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _process?.Dispose();
        _ended.Dispose();
        _changing.Dispose();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WatchAsync(HandlerProcess process)
    {
        await process.Exited;
        // Killed by the host, which starts it again itself.
        if (ReferenceEquals(_killed, process) || _ended.IsCancellationRequested) return;
        int exitCode = process.ExitCode;
        if (exitCode is not (0 or IntentionalRestart) && ++_errorCount >= MaximumErrorCount) IsStopped = true;
        if (exitCode == 0 || IsStopped) return;
        await StartAsync(_ended.Token);
    }
}
