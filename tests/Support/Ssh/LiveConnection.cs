using System.Diagnostics;

namespace SshFunctions.Support.Ssh;

/// <summary>An ssh connection that stays open: it has said that it is there.</summary>
public sealed class LiveConnection : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _ssh;

    private LiveConnection(Process ssh) => _ssh = ssh;

    /// <summary>Waits until it is gone, whoever ended it.</summary>
    /// <exception cref="TimeoutException">It is still there.</exception>
    public Task EndsAsync() => _ssh.WaitForExitAsync().WaitAsync(Patience);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_ssh.HasExited) _ssh.Kill();
        _ssh.Dispose();
    }

    internal static async Task<LiveConnection> OpenAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo("ssh", [.. arguments, "echo in; sleep 600; true"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in environment)
            start.Environment[name] = value;
        var ssh = Process.Start(start)!;
        return await ssh.StandardOutput.ReadLineAsync().WaitAsync(Patience) == "in"
            ? new LiveConnection(ssh)
            : throw new InvalidOperationException(await ssh.StandardError.ReadToEndAsync());
    }
}
