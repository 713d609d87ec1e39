using System.Collections.Concurrent;

namespace SshFunctions.Support.Functions;

/// <summary>The Functions host as far as a custom handler can tell: it starts the real program and speaks to it as the real host does.</summary>
/// <remarks>The host itself can't be had here; its rules are written down beside each class that follows them.</remarks>
public sealed class FunctionsHost : IAsyncDisposable
{
    private readonly FunctionsHostOptions _options;
    private readonly CancellationTokenSource _stopping = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly Handler _handler;
    private readonly IReadOnlyList<TimerListener> _timers;
    private readonly List<Task> _running = [];
    private readonly ConcurrentQueue<ForwardedRequest> _forwarded = new();
    private HttpFront? _front;

    private FunctionsHost(FunctionsHostOptions options)
    {
        _options = options;
        Configuration = new HostConfiguration(options.Root, options.Settings);
        if (!Configuration.IsProxying) throw new NotSupportedException("host.json does not turn proxying on");
        Functions = DeployedFunction.In(options.Root);
        if (Functions.Count == 0) throw new InvalidOperationException("no job functions found");
        _handler = new Handler(Configuration, options, Log, _http);
        Client = new InvocationClient(_handler, _http, Configuration, options.Clock);
        _timers = [.. Of("timerTrigger").Select(function => new TimerListener(function, Client, Invocations, options.Clock))];
    }

    /// <summary>What <c>host.json</c> and the settings say.</summary>
    public HostConfiguration Configuration { get; }

    /// <summary>The functions that were found.</summary>
    public IReadOnlyList<DeployedFunction> Functions { get; }

    /// <summary>What the handler wrote.</summary>
    public HostLog Log { get; } = new();

    /// <summary>Invocations of queue and timer functions that are over.</summary>
    public InvocationLog Invocations { get; } = new();

    /// <summary>HTTP requests that were passed on, in the order of their ends.</summary>
    public IReadOnlyList<ForwardedRequest> Forwarded => [.. _forwarded];

    /// <summary>The app's public address.</summary>
    public Uri Url => _front?.Url ?? throw new InvalidOperationException("the host was not started");

    /// <summary>The handler's own address, which only the host knows.</summary>
    public Uri HandlerUrl => _handler.Process.Url;

    /// <summary>The handler's process.</summary>
    public int HandlerId => _handler.Process.Id;

    /// <summary>How often the handler was started.</summary>
    public int HandlerStartCount => _handler.StartCount;

    /// <summary>Whether the host gave up on the handler.</summary>
    public bool IsStopped => _handler.IsStopped;

    private InvocationClient Client { get; }

    /// <summary>Starts the handler, and serves when it answers.</summary>
    /// <param name="options">What, and where.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TimeoutException">The handler did not listen in time.</exception>
    public static async Task<FunctionsHost> StartAsync(FunctionsHostOptions options, CancellationToken cancellationToken = default)
    {
        var host = new FunctionsHost(options);
        try
        {
            await host.StartAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>A queue of the app's storage account.</summary>
    /// <param name="name">Its name.</param>
    public StorageQueue Queue(string name) => new(_http, _options.Storage, name);

    /// <summary>Fires a timer now and waits for its end.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="isPastDue">Whether it is said to be late.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<InvocationRecord> FireTimerAsync(string function, bool isPastDue = false, CancellationToken cancellationToken = default) =>
        _timers.Single(timer => timer.Name == function).FireAsync(isPastDue, cancellationToken);

    /// <summary>Waits until the handler was started so often and answers.</summary>
    /// <param name="startCount">How often.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task WaitForHandlerAsync(int startCount, CancellationToken cancellationToken = default) =>
        _handler.WaitForStartAsync(startCount, cancellationToken);

    /// <summary>Ends the handler's process and everything that serves.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        if (_front is not null) await _front.DisposeAsync();
        await _handler.DisposeAsync();
        foreach (TimerListener timer in _timers) timer.Dispose();
        _http.Dispose();
        _stopping.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await _handler.StartAsync(cancellationToken);
        _front = await HttpFront.StartAsync(Of("httpTrigger"), Configuration.RoutePrefix, new RequestForwarder(_handler, _http), _forwarded.Enqueue, cancellationToken);
        foreach (DeployedFunction function in Of("queueTrigger"))
            _running.Add(new QueueListener(function, Queue, Client, Configuration, Invocations, _options.Clock).RunAsync(_stopping.Token));
        if (_options.RunsTimers) _running.AddRange(_timers.Select(timer => timer.RunAsync(_stopping.Token)));
    }

    private IEnumerable<DeployedFunction> Of(string trigger) => Functions.Where(function => function.TriggerType == trigger);
}
