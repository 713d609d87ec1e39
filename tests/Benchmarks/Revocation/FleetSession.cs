using System.Diagnostics;
using SshFunctions.Api;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Support.Ssh;

namespace SshFunctions.Benchmarks.Revocation;

/// <summary>An ssh connection that stays open, and the certificate that opened it.</summary>
internal sealed class FleetSession : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _ssh;

    private FleetSession(Process ssh, UserCertificateResponse minted)
    {
        _ssh = ssh;
        Serial = minted.Serial;
        Certificate = SshCertificate.Parse(minted.Certificate);
    }

    public ulong Serial { get; }

    public SshCertificate Certificate { get; }

    public static async Task<FleetSession> OpenAsync(SshClient client, string alias, UserCertificateResponse minted)
    {
        string[] words = [.. client.Command.Split(' ').Skip(1), alias, "echo in; sleep 600; true"];
        Process ssh = Process.Start(new ProcessStartInfo("ssh", words) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        return await ssh.StandardOutput.ReadLineAsync().WaitAsync(Patience) == "in"
            ? new FleetSession(ssh, minted)
            : throw new InvalidOperationException(await ssh.StandardError.ReadToEndAsync());
    }

    /// <returns>Milliseconds since the start.</returns>
    public async Task<double> EndsAsync(long start)
    {
        await _ssh.WaitForExitAsync().WaitAsync(Patience);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    public void Dispose()
    {
        if (!_ssh.HasExited) _ssh.Kill();
        _ssh.Dispose();
    }
}
