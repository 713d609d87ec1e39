using System.Diagnostics;
using SshFunctions.Support.Ssh;

namespace SshFunctions.Interop.Tests.Host;

/// <summary>An ssh connection that stays open: it has said that it is there.</summary>
internal sealed class LiveConnection : IDisposable
{
    private readonly Process _ssh;

    private LiveConnection(Process ssh) => _ssh = ssh;

    public static async Task<LiveConnection> OpenAsync(SshClient client, IReadOnlyDictionary<string, string?>? environment = null)
    {
        string[] words = [.. client.Command.Split(' ').Skip(1), EnrolledServer.Alias, "echo in; sleep 600; true"];
        var start = new ProcessStartInfo("ssh", words) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        var ssh = Process.Start(start)!;
        string? said = await ssh.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(40));
        return said == "in" ? new LiveConnection(ssh) : throw new InvalidOperationException(await ssh.StandardError.ReadToEndAsync());
    }

    public Task EndsAsync() => _ssh.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(40));

    public void Dispose()
    {
        if (!_ssh.HasExited) _ssh.Kill();
        _ssh.Dispose();
    }
}
