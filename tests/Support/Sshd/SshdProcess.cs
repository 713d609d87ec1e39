using System.Diagnostics;
using System.Text;

namespace SshFunctions.Support.Sshd;

/// <summary>
/// A running sshd under a watchdog. The watchdog's standard input is a pipe from this process: when it ends, because this object was
/// disposed or because the test process died in whatever way, the watchdog ends sshd with its sessions, removes the unix account and
/// the folder. So there is one way to clean up, and it needs nobody alive here.
/// </summary>
internal sealed class SshdProcess : IAsyncDisposable
{
    // $1 the folder, $2 the account to make or empty, $3 the configuration, $4 the program, $5 a PAM service of its own or empty, $6 a
    // network namespace or empty. SIGTERM to the listening sshd alone would leave its sessions running, and SIGTERM to those what they
    // started; userdel refuses while the account has a process. Each line on standard input starts it anew, sessions and all.
    private const string Watchdog = """
        trap : INT TERM HUP
        folder=$1 account=$2 configuration=$3 program=$4 network=$6
        below() { for child in $(pgrep -P "$1"); do echo "$child"; below "$child"; done; }
        if [ -n "$account" ]; then
          useradd -m -d "$folder/home" -s /bin/sh -p '*' "$account" || exit 1
          mkdir -p -m 0755 /run/sshd
          chown "$account" "$folder/files"
        fi
        exec 3<&0
        start() { ${network:+ip netns exec "$network"} "$program" -D -e -f "$configuration" 3<&- & server=$!; }
        stop() { kill $(below $server) $server 2>/dev/null; wait $server; }
        start
        while read -r again <&3; do stop; start; done
        stop
        if [ -n "$account" ]; then
          for signal in TERM KILL KILL KILL; do pkill -$signal -U "$account" || break; done
          userdel -f "$account" >/dev/null 2>&1
        fi
        if [ -n "$5" ]; then rm -f "$5" "$5".*; fi
        rm -rf "$folder"
        """;

    private static readonly TimeSpan PatienceToStart = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PatienceToEnd = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly Lock _gate = new();
    private readonly StringBuilder _log = new();
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _ended;

    private SshdProcess(Process process) => _process = process;

    public string Log
    {
        get
        {
            lock (_gate) return _log.ToString();
        }
    }

    public static SshdProcess Start(
        string folder, string? account, string configuration, string program = TestSshd.Program, string? pamService = null,
        string? network = null)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Watchdog, "sshd-watchdog", folder, account ?? "", configuration, program, pamService ?? "", network ?? ""])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        var started = new SshdProcess(Process.Start(start) ?? throw new InvalidOperationException("/bin/sh did not start"));
        _ = started.ReadLogAsync();
        return started;
    }

    /// <summary>Ends it with its sessions, and starts it again on the same configuration.</summary>
    public async Task RestartAsync()
    {
        await _process.StandardInput.WriteLineAsync("again");
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Whether it listens; false when its port was taken in between.</summary>
    public async Task<bool> ListensAsync(CancellationToken cancellationToken)
    {
        var log = await WaitForAsync(
            text => text.Contains("Server listening on", StringComparison.Ordinal)
                || text.Contains("Cannot bind any address", StringComparison.Ordinal),
            "Server listening on", PatienceToStart, cancellationToken);
        return log.Contains("Server listening on", StringComparison.Ordinal);
    }

    public async Task<string> WaitForAsync(Predicate<string> enough, string what, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(patience);
        while (true)
        {
            Task grown;
            lock (_gate)
            {
                var log = _log.ToString();
                if (enough(log)) return log;
                if (_ended) throw new InvalidOperationException($"sshd ended before its log said: {what}\n{log}");
                grown = _grown.Task;
            }
            try
            {
                await grown.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"sshd's log never said: {what}\n{Log}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(PatienceToEnd);
        }
        finally
        {
            _process.Dispose();
        }
    }

    private async Task ReadLogAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line) Grow(line);
        Grow(null);
    }

    private void Grow(string? line)
    {
        TaskCompletionSource grown;
        lock (_gate)
        {
            if (line is null) _ended = true;
            else _log.AppendLine(line);
            grown = _grown;
            _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        grown.SetResult();
    }
}
