using System.Diagnostics;
using System.Globalization;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;
using SshFunctions.Support.Sshd;

namespace SshFunctions.Benchmarks.Requests;

/// <summary>The published broker with TLS on a core of its own, its durable store on this disk, its log in a file.</summary>
internal sealed class PinnedBroker : IDisposable
{
    private const int Core = 0;
    private readonly Process _process;

    private PinnedBroker(Process process, int port)
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

    /// <summary>Starts it on what <see cref="RequestScene"/> made.</summary>
    public static async Task<PinnedBroker> StartAsync(TemporaryFolder folder, string identities)
    {
        (await ProcessRun.ToEndAsync("openssl",
        [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1", "-subj", "/CN=localhost",
            "-keyout", folder["tls.key"], "-out", folder["tls.pem"],
        ])).Expect(0);
        int port = TestSshd.FreePort();
        // A shell, so that the log goes to a file and nobody here has to read it.
        var start = new ProcessStartInfo("/bin/sh",
        [
            "-c", "exec taskset -c \"$1\" \"$2\" serve --data \"$3\" --listen \"$4\" --tls-certificate \"$5\" --tls-key \"$6\" --identities \"$8\" "
                + "--requests-per-minute-per-caller 100000000 --requests-per-minute-per-address 100000000 --list-reads-per-minute-per-address 100000000 "
                + "--passcodes-per-minute-per-caller 100000000 >\"$7\" 2>&1",
            "sh", Core.ToString(CultureInfo.InvariantCulture), ProductProgram.Broker.Path, TestBroker.DataOf(folder), $"https://127.0.0.1:{port}",
            folder["tls.pem"], folder["tls.key"], folder["log"], identities,
        ]);
        return new PinnedBroker(Process.Start(start) ?? throw new InvalidOperationException("/bin/sh did not start"), port);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
