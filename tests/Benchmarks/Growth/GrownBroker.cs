using System.Diagnostics;
using System.Text;
using SshFunctions.Api;
using SshFunctions.Benchmarks.Requests;
using SshFunctions.Benchmarks.Start;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;

namespace SshFunctions.Benchmarks.Growth;

/// <summary>The published broker on a data directory, plain HTTP on loopback, with rate limits that nobody meets.</summary>
internal sealed class GrownBroker : IAsyncDisposable
{
    private readonly Process _process;

    private GrownBroker(Process process, BrokerApi admin, Connection connection)
    {
        _process = process;
        Admin = admin;
        Connection = connection;
    }

    public BrokerApi Admin { get; }

    /// <summary>Kept alive.</summary>
    public Connection Connection { get; }

    public double ResidentMebibytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1048576.0;
        }
    }

    /// <summary>Starts it and returns when it takes connections.</summary>
    public static async Task<GrownBroker> StartAsync(string data)
    {
        int port = LoopbackPort.Free();
        Process process = Process.Start(StartOf(data, port)) ?? throw new InvalidOperationException("/bin/sh did not start");
        Connection connection = await Connection.OpenPlainAsync(port);
        string token = await File.ReadAllTextAsync(Path.Combine(data, "bootstrap-token"));
        return new GrownBroker(process, new BrokerApi(new Uri($"http://127.0.0.1:{port}"), token.TrimEnd()), connection);
    }

    /// <summary>One start after a broker that was killed, until it says that it is healthy.</summary>
    public static Task<FirstAnswer> MeasureStartAsync(string data)
    {
        int port = LoopbackPort.Free();
        return FirstAnswer.MeasureAsync(StartOf(data, port), port, Encoding.ASCII.GetBytes($"GET {Routes.Health} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    }

    /// <summary>Ends it with SIGTERM, so that its store is one file.</summary>
    public async ValueTask DisposeAsync()
    {
        Connection.Dispose();
        Admin.Dispose();
        using Process kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // A shell, so that the log goes to a file and nobody here has to read it.
    private static ProcessStartInfo StartOf(string data, int port) => new("/bin/sh",
    [
        "-c", "exec \"$1\" serve --data \"$2\" --listen \"$3\" --requests-per-minute-per-caller 100000000 "
            + "--requests-per-minute-per-address 100000000 >\"$2.log\" 2>&1",
        "sh", ProductProgram.Broker.Path, data, $"http://127.0.0.1:{port}",
    ]);
}
