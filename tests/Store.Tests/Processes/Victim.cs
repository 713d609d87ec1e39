using System.Diagnostics;

namespace SshFunctions.Store.Tests.Processes;

/// <summary>A process of this assembly's program, to be killed. It ends by itself when its standard input does, so none is left behind.</summary>
internal sealed class Victim : IDisposable
{
    private readonly Process _process;

    private Victim(Process process) => _process = process;

    public int ProcessId => _process.Id;

    public static Victim Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { "exec", typeof(Program).Assembly.Location, program },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        return new Victim(Process.Start(start)!);
    }

    /// <summary>Reads a line that was written whole.</summary>
    /// <returns>The line, or null at the end of the output or of a torn line.</returns>
    public async Task<string?> ReadLineAsync()
    {
        string? line = await _process.StandardOutput.ReadLineAsync();
        return line is [.., ';'] ? line[..^1] : null;
    }

    /// <summary>Sends SIGKILL.</summary>
    public void Kill() => _process.Kill();

    public Task WaitForExitAsync() => _process.WaitForExitAsync();

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
