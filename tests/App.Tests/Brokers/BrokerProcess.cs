using System.Diagnostics;
using System.Text.Json;
using SshFunctions.Support.Programs;

namespace SshFunctions.App.Tests.Brokers;

/// <summary>The published broker in a process of its own; killed at the end when a test left it running.</summary>
internal sealed class BrokerProcess : IDisposable
{
    private readonly Process _process;

    private BrokerProcess(Process process) => _process = process;

    // The published program: publishing with Native AOT may take the build's own launcher away.
    public static string Executable { get; } = ProductProgram.Broker.Path;

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
}
