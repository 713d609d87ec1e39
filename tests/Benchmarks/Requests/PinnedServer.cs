using System.Diagnostics;
using System.Globalization;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;

namespace SshFunctions.Benchmarks.Requests;

/// <summary>A server with TLS on a core of its own, its durable store on this disk, its log in a file.</summary>
internal sealed class PinnedServer : IDisposable
{
    private const int Core = 0;
    private readonly Process _process;

    private PinnedServer(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Processor time so far.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public double ResidentMebibytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1048576.0;
        }
    }

    /// <summary>The published broker on what <see cref="RequestScene"/> made, with rate limits that nobody meets.</summary>
    public static async Task<PinnedServer> StartBrokerAsync(TemporaryFolder folder, string identities)
    {
        (await ProcessRun.ToEndAsync("openssl",
        [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1", "-subj", "/CN=localhost",
            "-keyout", folder["tls.key"], "-out", folder["tls.pem"],
        ])).Expect(0);
        int port = LoopbackPort.Free();
        return Start(port, folder["log"],
        [
            ProductProgram.Broker.Path, "serve", "--data", TestBroker.DataOf(folder), "--listen", $"https://127.0.0.1:{port}",
            "--tls-certificate", folder["tls.pem"], "--tls-key", folder["tls.key"], "--identities", identities,
            "--requests-per-minute-per-caller", "100000000", "--requests-per-minute-per-address", "100000000",
            "--list-reads-per-minute-per-address", "100000000", "--passcodes-per-minute-per-caller", "100000000",
        ]);
    }

    /// <summary>Starts a program that will listen on a port.</summary>
    public static PinnedServer Start(int port, string log, IEnumerable<string> command)
    {
        // A shell, so that the log goes to a file and nobody here has to read it.
        var start = new ProcessStartInfo(
            "/bin/sh", ["-c", "log=$1 core=$2; shift 2; exec taskset -c \"$core\" \"$@\" >\"$log\" 2>&1", "sh", log, Core.ToString(CultureInfo.InvariantCulture), .. command]);
        return new PinnedServer(Process.Start(start) ?? throw new InvalidOperationException("/bin/sh did not start"), port);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
