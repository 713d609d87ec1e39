using System.Diagnostics;
using SshFunctions.Support.Processes;

namespace SshFunctions.Support.Sshfn;

/// <summary><c>sshfn login</c> with a code that is entered elsewhere.</summary>
public static class DeviceSignIn
{
    private const string BeforeCode = "enter the code ";

    /// <summary>Runs the login to its end, and does meanwhile with the code what a person does.</summary>
    /// <param name="program">The program.</param>
    /// <param name="environment">Variables on top of this process's; null unsets one.</param>
    /// <param name="broker">The broker's address.</param>
    /// <param name="enter">Is given the code.</param>
    public static async Task<ProcessRun> RunAsync(
        string program, IReadOnlyDictionary<string, string?> environment, string broker, Func<string, Task> enter)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(enter);
        ProcessStartInfo start = new(program, ["login", "--broker", broker])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach ((string name, string? value) in environment) start.Environment[name] = value;
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        process.StandardInput.Close();
        string errors = "";
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            errors += line + "\n";
            int at = line.IndexOf(BeforeCode, StringComparison.Ordinal);
            if (at >= 0) await enter(line[(at + BeforeCode.Length)..]);
        }

        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new ProcessRun(process.ExitCode, output, errors);
    }
}
