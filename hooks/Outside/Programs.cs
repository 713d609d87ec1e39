using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace SshFunctions.Hooks.Outside;

/// <summary>Other programs: run to their end, or become them.</summary>
internal static class Programs
{
    /// <summary>The path of this executable.</summary>
    internal static string Self => Environment.ProcessPath ?? throw new InvalidOperationException("this process has no executable");

    /// <summary>What this machine calls itself.</summary>
    internal static string MachineName => Environment.MachineName;

    /// <summary>Runs a program and takes what it prints; null when it can't be started.</summary>
    internal static ProgramResult? Run(string program, params IReadOnlyList<string> arguments) => RunIn("", program, arguments);

    /// <summary>As <see cref="Run"/>, in a folder.</summary>
    internal static ProgramResult? RunIn(string folder, string program, params IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new(process.ExitCode, output, errors.GetAwaiter().GetResult());
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Runs a program on this process's own terminal until its end, or until it goes into the background; null when it can't be started.</summary>
    /// <param name="program">Which.</param>
    /// <param name="folder">Where it runs; null for here.</param>
    /// <param name="arguments">What it is told.</param>
    internal static int? RunHere(string program, string? folder, params IReadOnlyList<string> arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder ?? "" })!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>This process's own arguments as the bytes they came in, its name first: a path need not be text.</summary>
    internal static IReadOnlyList<byte[]> RawArguments()
    {
        ReadOnlySpan<byte> line = File.ReadAllBytes("/proc/self/cmdline");
        List<byte[]> arguments = [];
        while (line.IndexOf((byte)0) is >= 0 and var end)
        {
            arguments.Add(line[..end].ToArray());
            line = line[(end + 1)..];
        }

        return arguments;
    }

    /// <summary>Becomes another program, with this process's files, environment and signal masks; returns only on failure.</summary>
    internal static unsafe void Become(string program, IEnumerable<byte[]> arguments)
    {
        byte[][] all = [Encoding.UTF8.GetBytes(program), .. arguments];
        byte** pointers = (byte**)NativeMemory.AllocZeroed((nuint)all.Length + 1, (nuint)sizeof(byte*));
        for (int at = 0; at < all.Length; at++)
        {
            pointers[at] = (byte*)NativeMemory.AllocZeroed((nuint)all[at].Length + 1);
            all[at].CopyTo(new Span<byte>(pointers[at], all[at].Length));
        }

        // The runtime ignores SIGPIPE; ssh must not inherit that, or it outlives the program that reads from it.
        _ = Libc.Signal(Libc.BrokenPipeSignal, 0);
        _ = Libc.Signal(Libc.FileSizeSignal, 0);
        _ = Libc.Execute(program, pointers);
    }

    internal static void SetEnvironment(string name, string value) => _ = Libc.SetEnvironment(name, value, 1);
}
