using System.Globalization;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>An sshd program, asked and never started.</summary>
/// <param name="Program">Absolute, as sshd itself demands.</param>
internal sealed record Sshd(string Program)
{
    private const int AnyPort = 22;

    internal OpenSshVersion ReadVersion()
    {
        ProgramResult said = Run("-V");
        if (!OpenSshVersion.TryParse(said.Output + said.Errors, out OpenSshVersion version))
            throw new CommandFailedException(ExitCode.Failed, $"{Program} does not say which version of OpenSSH it is", "--sshd names the program");
        return version >= OpenSshVersion.Oldest ? version : throw new CommandFailedException(
            ExitCode.Failed, $"{Program} is OpenSSH {version}, and its configuration can't be checked well enough", $"OpenSSH {OpenSshVersion.Oldest} or newer");
    }

    /// <summary>What it holds against a configuration: <c>sshd -t</c>; null when nothing.</summary>
    internal string? Complaint(string config)
    {
        ProgramResult result = Run("-t", "-f", config);
        bool isFine = result.ExitCode == 0 && !result.Errors.Contains("No matching private key for certificate", StringComparison.Ordinal);
        return isFine ? null : LastLine(result);
    }

    /// <summary>What is in force for a connection of nobody in particular to a port: <c>sshd -T -C</c>, which every Match needs whole.</summary>
    internal EffectiveConfig ReadEffective(string config, int? port = null)
    {
        string connection = string.Create(
            CultureInfo.InvariantCulture, $"user=sshfn-check,host=client.invalid,addr=192.0.2.1,laddr=192.0.2.2,lport={port ?? AnyPort},rdomain=none");
        ProgramResult result = Run("-T", "-f", config, "-C", connection);
        return result.ExitCode == 0
            ? EffectiveConfig.Parse(result.Output)
            : throw new CommandFailedException(ExitCode.Failed, $"sshd -T refuses {config}: {LastLine(result)}", $"{Program} -t -f {config}");
    }

    private static string LastLine(ProgramResult result) =>
        (result.Errors + result.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault()?.Trim() ?? $"exit code {result.ExitCode}";

    private ProgramResult Run(params string[] arguments) => Programs.Run(Program, arguments)
        ?? throw new CommandFailedException(ExitCode.Failed, $"{Program} can't be run", "install openssh-server, or name the program with --sshd");
}
