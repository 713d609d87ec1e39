using System.Diagnostics;

namespace SshFunctions.Interop.Tests.Host;

/// <summary><c>sshfn host refresh --watch</c> beside a server; a watchdog ends it with this process.</summary>
internal sealed class Agent : IDisposable
{
    private const string Watchdog = "exec 3<&0; \"$@\" <&- & agent=$!; cat <&3 >/dev/null; kill $agent; wait $agent";
    private readonly Process _watchdog;

    private Agent(Process watchdog) => _watchdog = watchdog;

    public static Agent Start(EnrolledServer server) => new(Process.Start(new ProcessStartInfo(
        "/bin/sh",
        ["-c", Watchdog, "agent-watchdog", server.Sshd.Files.Sshfn, "host", "refresh", "--watch", "--folder", server.Sshd.Files.Folder, "--run-folder", server.Sshd.Files.RunFolder])
    {
        RedirectStandardInput = true,
        RedirectStandardError = true,
    })!);

    public string Errors { get; private set; } = "";

    public void Dispose()
    {
        _watchdog.StandardInput.Close();
        Errors = _watchdog.StandardError.ReadToEnd();
        _watchdog.WaitForExit(TimeSpan.FromSeconds(20));
        _watchdog.Dispose();
    }
}
