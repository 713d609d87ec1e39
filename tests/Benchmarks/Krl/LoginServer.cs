using System.Diagnostics;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Revocation;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Ssh;
using SshFunctions.Support.Sshd;

namespace SshFunctions.Benchmarks.Krl;

/// <summary>Two stock sshds that trust one CA, of which one obeys a revocation list, and a stock ssh that enters them.</summary>
internal sealed class LoginServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly TestSshd _plain;
    private readonly TestSshd _obeying;

    private LoginServer(TemporaryFolder folder, string ca, TestSshd plain, TestSshd obeying)
    {
        _folder = folder;
        Ca = SshPublicKey.Parse(ca.Trim());
        _plain = plain;
        _obeying = obeying;
    }

    /// <summary>The CA that both trust, and that the list must name.</summary>
    public SshPublicKey Ca { get; }

    public static async Task<LoginServer> StartAsync()
    {
        var folder = new TemporaryFolder();
        string ca = await SshKeygen.GenerateAsync(folder["ca"], "ecdsa", 256);
        await SshKeygen.GenerateAsync(folder["user"], "ecdsa", 256);
        TestSshd plain = await TestSshd.StartAsync(new SshdSettings { TrustedUserCaKeys = ca });
        TestSshd obeying = await TestSshd.StartAsync(new SshdSettings
        {
            TrustedUserCaKeys = ca,
            RevokedKeys = new RevocationListBuilder().Build(1, DateTimeOffset.UnixEpoch),
            LoginGraceTime = TimeSpan.FromSeconds(120), // sshd's own: a long list takes most of a shorter one
        });
        return new LoginServer(folder, ca, plain, obeying);
    }

    /// <param name="list">The list in force; null for a server that has none.</param>
    /// <returns>Milliseconds of <c>ssh HOST true</c>, from exec to exit, with a certificate that no list holds.</returns>
    public async Task<double> LogInAsync(byte[]? list)
    {
        TestSshd server = list is null ? _plain : _obeying;
        if (list is not null) server.Revoke(list);
        string certificate = await SshKeygen.SignUserAsync(_folder["ca"], _folder["user"], "alice", 7, server.Login);
        SshClient client = SshClientConfiguration.With(server, "host", _folder["user"], certificate, _folder);
        long start = Stopwatch.GetTimestamp();
        ProcessRun run = await client.RunAsync("host", ["true"]);
        double taken = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return run.ExitCode == 0 ? taken : throw new InvalidOperationException($"{run.Error}\n{server.Log}");
    }

    public async ValueTask DisposeAsync()
    {
        await _plain.DisposeAsync();
        await _obeying.DisposeAsync();
        _folder.Dispose();
    }
}
