using System.Diagnostics;
using System.Text;

namespace SshFunctions.Support.Processes;

/// <summary>A program run to its end: what it printed, and how it ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
public sealed record ProcessRun(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Runs a program, without a shell, and waits for its end.</summary>
    /// <param name="file">The program: a path, or a name on the PATH.</param>
    /// <param name="arguments">Its arguments, each passed as it is.</param>
    /// <param name="input">What it reads on standard input; null for nothing at all.</param>
    /// <param name="folder">Where it runs; null for here.</param>
    /// <param name="environment">Variables on top of this process's; null unsets one.</param>
    /// <param name="timeout">After which it is killed with its children; a minute by default.</param>
    /// <param name="cancellationToken">Kills it with its children.</param>
    /// <returns>What it printed, and how it ended.</returns>
    /// <exception cref="TimeoutException">It took too long; the message holds what it had printed.</exception>
    public static async Task<ProcessRun> ToEndAsync(
        string file,
        IEnumerable<string> arguments,
        string? input = null,
        string? folder = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default)
    {
        using var process = new Process { StartInfo = Describe(file, arguments, folder, environment) };
        var output = new StringBuilder();
        var error = new StringBuilder();
        process.Start();
        Task readingOutput = CopyAsync(process.StandardOutput, output);
        Task readingError = CopyAsync(process.StandardError, error);

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout ?? DefaultTimeout);
        try
        {
            await WriteAsync(process, input, deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            await Task.WhenAll(readingOutput, readingError).WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{file} took too long. It printed: {Text(output)}{Text(error)}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }

        return new ProcessRun(process.ExitCode, Text(output), Text(error));
    }

    /// <summary>Says what it printed when it did not end as it should.</summary>
    /// <param name="exitCode">The exit code expected.</param>
    /// <returns>This run.</returns>
    /// <exception cref="InvalidOperationException">The exit code is another one.</exception>
    public ProcessRun Expect(int exitCode) =>
        ExitCode == exitCode
            ? this
            : throw new InvalidOperationException($"Exit code {ExitCode}, not {exitCode}.\nstdout: {Output}\nstderr: {Error}");

    private static ProcessStartInfo Describe(
        string file, IEnumerable<string> arguments, string? folder, IReadOnlyDictionary<string, string?>? environment)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder ?? string.Empty,
        };
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        return start;
    }

    private static async Task WriteAsync(Process process, string? input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync((input ?? string.Empty).AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended, or closed its input, without reading all of it; its exit code tells the rest.
        }
    }

    private static async Task CopyAsync(StreamReader reader, StringBuilder text)
    {
        char[] buffer = new char[4096];
        int count;
        while ((count = await reader.ReadAsync(buffer)) > 0)
        {
            lock (text)
                text.Append(buffer, 0, count);
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}
