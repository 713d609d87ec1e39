using System.Diagnostics;
using System.Text.Json;

namespace SshFunctions.App.Tests.Brokers;

/// <summary>The built executable in a process of its own; killed at the end when a test left it running.</summary>
internal sealed class BrokerProcess : IDisposable
{
    private readonly Process _process;

    private BrokerProcess(Process process) => _process = process;

    public static string Executable { get; } = FindExecutable();

    public static BrokerProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        return new BrokerProcess(Process.Start(start)!);
    }

    /// <summary>Reads the log up to the line of an event.</summary>
    public async Task<JsonElement> ReadToAsync(string eventName)
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            JsonElement entry = JsonDocument.Parse(line).RootElement;
            if (entry.GetProperty("event").GetString() == eventName)
                return entry;
        }

        throw new InvalidOperationException($"the broker ended without {eventName}: {await _process.StandardError.ReadToEndAsync()}");
    }

    public async Task<int> SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(null, null)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    // From .artifacts/bin/App.Tests/debug to .artifacts/bin/App/debug_linux-x64.
    private static string FindExecutable()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(here.Parent!.Parent!.FullName, "App", here.Name + "_linux-x64", "sshfn-broker");
    }
}
