using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using SshFunctions.Core;
using SshFunctions.Core.Forwarding;
using SshFunctions.Core.Journal;

namespace SshFunctions.App.Hosting.Outbound;

/// <summary>Sends journal entries to a syslog server over TCP or TLS, one connection for each batch.</summary>
/// <remarks>
/// Syslog acknowledges nothing. So each batch ends its connection and waits until the server has ended its side too, which it does when
/// it has read everything: what a server that died had not read comes again. Source: RFC 6587, section 3; RFC 5425.
/// </remarks>
internal sealed class SyslogTarget(TargetProfile.Syslog profile, Func<string> host, TimeProvider clock) : IJournalTarget
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    public string Description => $"syslog {(profile.Tls ? "tls" : "tcp")}://{profile.Host}:{profile.Port}";

    public int MaximumBatchCount => 500;

    public async Task<Result<Done>> SendAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await SendOverAsync(entries, either.Token);
            return Done.Instance;
        }
        catch (Exception away) when (away is SocketException or IOException or AuthenticationException)
        {
            return new Refusal.Unavailable($"{Description}: {away.Message}", TimeSpan.Zero);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Refusal.Unavailable($"{Description} did not read everything and end the connection within {Timeout.TotalSeconds:F0} s", TimeSpan.Zero);
        }
    }

    private async Task SendOverAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(profile.Host, profile.Port, cancellationToken);
        await using var plain = new NetworkStream(socket, ownsSocket: false);
        if (profile.Tls)
        {
            await using var secure = new SslStream(plain, leaveInnerStreamOpen: true);
            await secure.AuthenticateAsClientAsync(Demand(), cancellationToken);
            await WriteAsync(secure, entries, cancellationToken);
            await secure.ShutdownAsync().WaitAsync(cancellationToken);
            socket.Shutdown(SocketShutdown.Send);
            await ReadToEndAsync(secure, cancellationToken);
            return;
        }

        await WriteAsync(plain, entries, cancellationToken);
        socket.Shutdown(SocketShutdown.Send);
        await ReadToEndAsync(plain, cancellationToken);
    }

    private async Task WriteAsync(Stream stream, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        string name = host();
        using var frames = new MemoryStream();
        foreach (JournalEntry entry in entries) frames.Write(SyslogText.Write(entry, name));
        await stream.WriteAsync(frames.GetBuffer().AsMemory(0, (int)frames.Length), cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    private static async Task ReadToEndAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] ignored = new byte[1024];
        while (await stream.ReadAsync(ignored, cancellationToken) > 0) continue;
    }

    private SslClientAuthenticationOptions Demand()
    {
        var demand = new SslClientAuthenticationOptions { TargetHost = profile.Host, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 };
        if (profile.CaFile is null) return demand;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(profile.CaFile);
        demand.CertificateChainPolicy = policy;
        return demand;
    }
}
