using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;

namespace SshFunctions.Support.Azurite;

/// <summary>One service of Azurite as a process. It ends with its standard input, so it does not outlive this one.</summary>
internal sealed class AzuriteService : IAsyncDisposable
{
    private const int TryCount = 5;
    // Node.js reads thousands of files first: seconds on an idle machine, minutes where every core has many at work.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<bool> _listens = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AzuriteService(Process process, int port)
    {
        _process = process;
        Port = port;
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it listens on loopback.</summary>
    public int Port { get; }

    /// <summary>Starts a service and returns when it listens.</summary>
    /// <param name="service"><c>table</c>, <c>queue</c> or <c>blob</c>.</param>
    /// <param name="port">Where; 0 for a free port.</param>
    /// <param name="options">Further options.</param>
    /// <param name="accounts">For <c>AZURITE_ACCOUNTS</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">It ended at once; the message holds what it wrote.</exception>
    public static async Task<AzuriteService> StartAsync(
        string service, int port, IEnumerable<string> options, string accounts, CancellationToken cancellationToken)
    {
        for (int tried = 1; ; tried++)
        {
            AzuriteService started = Start(service, port == 0 ? LoopbackPort.Free() : port, options, accounts);
            if (await started._listens.Task.WaitAsync(Patience, cancellationToken)) return started;
            await started.DisposeAsync();
            // Somebody may have taken the port in between.
            if (tried == TryCount) throw new InvalidOperationException($"azurite-{service} ended: {string.Join('\n', started._output)}");
        }
    }

    /// <summary>Has it write down what it holds, and ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        _process.Dispose();
    }

    private static AzuriteService Start(string service, int port, IEnumerable<string> options, string accounts)
    {
        string folder = Path.Combine(SourceTree.Root, "tests", "Support", "Azurite");
        string program = Path.Combine(folder, "node_modules", "azurite", "dist", "src", service, "main.js");
        if (!File.Exists(program)) throw new InvalidOperationException("Azurite is not installed: bash infra/install.sh");
        string[] arguments =
        [
            "--require", Path.Combine(folder, "lifetime.cjs"), program, $"--{service}Port", port.ToString(CultureInfo.InvariantCulture),
            "--skipApiVersionCheck", "--disableTelemetry", "--silent", .. options,
        ];
        var start = new ProcessStartInfo("node", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AZURITE_ACCOUNTS"] = accounts },
        };
        return new AzuriteService(Process.Start(start) ?? throw new InvalidOperationException("node did not start"), port);
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            _listens.TrySetResult(false);
            return;
        }

        _output.Enqueue(line);
        if (line.Contains("successfully", StringComparison.Ordinal)) _listens.TrySetResult(true);
    }
}
