using System.Diagnostics;
using SshFunctions.Api;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Support.Ssh;

namespace SshFunctions.Benchmarks.Revocation;

/// <summary>An ssh connection that stays open, and the certificate that opened it.</summary>
internal sealed class FleetSession(LiveConnection connection, UserCertificateResponse minted) : IDisposable
{
    public ulong Serial => minted.Serial;

    public SshCertificate Certificate { get; } = SshCertificate.Parse(minted.Certificate);

    /// <returns>Milliseconds since the start.</returns>
    public async Task<double> EndsAsync(long start)
    {
        await connection.EndsAsync();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    public void Dispose() => connection.Dispose();
}
