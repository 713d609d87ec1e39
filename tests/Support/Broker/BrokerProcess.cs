using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SshFunctions.Support.Programs;

namespace SshFunctions.Support.Broker;

/// <summary>
/// The broker's process under a watchdog whose standard input is a pipe from this one: when this process ends, in whatever way, the
/// pipe closes and the watchdog kills the broker.
/// </summary>
internal sealed class BrokerProcess : IAsyncDisposable
{
    // The broker's process id is the first line of its output. "cat" ends with the pipe; it must not hold the outputs open.
    private const string Watchdog = """
        exec 3<&0
        sh -c 'echo $$; exec "$@"' sh "$@" </dev/null 3<&- &
        broker=$!
        { cat <&3; kill -KILL $broker; } >/dev/null 2>&1 &
        guard=$!
        exec 3<&-
        wait $broker
        code=$?
        kill $guard
        exit $code
        """;

    private static readonly TimeSpan PatienceToStart = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PatienceToEnd = TimeSpan.FromSeconds(30);

    private readonly Process _watchdog;
    private readonly Lock _gate = new();
    private readonly StringBuilder _log = new();
    private readonly TaskCompletionSource<int> _processId = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri> _url = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<string> _errors;
    private readonly Task _reading;

    private BrokerProcess(Process watchdog)
    {
        _watchdog = watchdog;
        _errors = watchdog.StandardError.ReadToEndAsync();
        _reading = ReadLogAsync();
    }

    public int Id => _processId.Task.Result;

    public Uri Url => _url.Task.Result;

    public string Log
    {
        get
        {
            lock (_gate) return _log.ToString();
        }
    }

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<BrokerProcess> StartAsync(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment, CancellationToken cancellationToken, string? program = null)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Watchdog, "broker-watchdog", program ?? ProductProgram.Broker.Path, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var started = new BrokerProcess(Process.Start(start) ?? throw new InvalidOperationException("/bin/sh did not start"));
        try
        {
            await started._url.Task.WaitAsync(PatienceToStart, cancellationToken);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a signal to the broker, by its process id.</summary>
    public void Signal(string name) =>
        Process.Start("kill", ["-s", name, Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();

    /// <summary>Waits for the broker's end.</summary>
    /// <returns>Its exit code; 128 and the signal's number when one killed it. And what it wrote on standard error.</returns>
    public async Task<(int ExitCode, string Errors)> WaitAsync(CancellationToken cancellationToken)
    {
        await _watchdog.WaitForExitAsync(cancellationToken).WaitAsync(PatienceToEnd, cancellationToken);
        await _reading.WaitAsync(PatienceToEnd, cancellationToken);
        return (_watchdog.ExitCode, await _errors.WaitAsync(PatienceToEnd, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        _watchdog.StandardInput.Close();
        try
        {
            await _watchdog.WaitForExitAsync().WaitAsync(PatienceToEnd);
        }
        finally
        {
            _watchdog.Dispose();
        }
    }

    private async Task ReadLogAsync()
    {
        if (await _watchdog.StandardOutput.ReadLineAsync() is { } id)
            _processId.SetResult(int.Parse(id, CultureInfo.InvariantCulture));
        while (await _watchdog.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (_gate) _log.AppendLine(line);
            if (!_url.Task.IsCompleted && UrlOf(line) is { } url) _url.TrySetResult(url);
        }

        _url.TrySetException(new InvalidOperationException($"the broker ended before it listened\n{Log}{await _errors}"));
    }

    private static Uri? UrlOf(string line)
    {
        using JsonDocument entry = JsonDocument.Parse(line);
        return entry.RootElement.GetProperty("event").ValueEquals("Listening")
            ? new Uri(entry.RootElement.GetProperty("url").GetString()!)
            : null;
    }
}
