using System.Globalization;
using System.Text.RegularExpressions;
using SshFunctions.Hooks.Config;
using SshFunctions.Hooks.Hook;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Doctor;

/// <summary>The ssh client, its configuration, the shell it runs the hook with, the agent.</summary>
internal static partial class SshChecks
{
    // Below it CertificateFile is unknown. Source: OpenSSH 7.2 release notes.
    private static readonly Version OldestSsh = new(7, 2);

    // From it on the host's address is no longer noted beside its name, and a forward in the background lets go of the terminal.
    // Source: OpenSSH 8.5 release notes.
    private static readonly Version GoodSsh = new(8, 5);
    private const int MostOfferedKeys = 5;

    internal static IEnumerable<Finding> Run(Folders folders, string userConfig)
    {
        yield return SshVersion();
        yield return Include(folders, userConfig);
        yield return Managed(folders);
        yield return RunsHook();
        if (Settings.AgentSocket is not null)
            yield return Agent();
    }

    private static Finding SshVersion()
    {
        ProgramResult? result = Programs.Run("ssh", "-V");
        Match match = VersionPattern().Match(result is null ? "" : result.Errors + result.Output);
        if (!match.Success)
            return Finding.Fail("no OpenSSH client in PATH", "install openssh-client");
        Version version = new(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
        return version < OldestSsh
            ? Finding.Fail($"OpenSSH {version} knows no CertificateFile", $"install OpenSSH {OldestSsh} or newer")
            : version < GoodSsh ? Finding.Warn($"OpenSSH {version} is old; SSH protocol 2", $"install OpenSSH {GoodSsh} or newer")
            : Finding.Ok($"OpenSSH {version}, SSH protocol 2, certificates of ecdsa-sha2-nistp256 keys; sshfn only runs it and implements no SSH of its own");
    }

    private static Finding Include(Folders folders, string userConfig)
    {
        string text = Files.ReadBytesAsText(Files.Target(userConfig)) ?? "";
        string line = IncludeLine.For(folders.SshConfig);
        if (!IncludeLine.IsPresent(text, line))
            return Finding.Fail($"{userConfig} does not include the managed file", "sshfn config-ssh");
        return IncludeLine.IsAtTop(text, line)
            ? Finding.Ok($"{userConfig} includes the managed file at its top")
            : Finding.Fail($"{userConfig} includes the managed file below a Host or Match line", "sshfn config-ssh");
    }

    private static Finding Managed(Folders folders)
    {
        if (Files.Read(folders.SshConfig) is not { } text)
            return Finding.Fail($"{folders.SshConfig} is missing", "sshfn config-ssh");
        return text.Contains(QuotedPath.ForShell(Programs.Self), StringComparison.Ordinal)
            ? Finding.Ok($"{folders.SshConfig} runs this sshfn")
            : Finding.Warn($"{folders.SshConfig} runs another sshfn than {Programs.Self}", "sshfn config-ssh");
    }

    private static Finding RunsHook()
    {
        string? shell = Settings.Shell ?? Folders.LoginShell;
        return Shell.CanRunCommands(shell) && Files.Exists(shell!)
            ? Finding.Ok($"ssh runs the hook with {shell}")
            : Finding.Fail($"ssh runs the hook with {shell ?? "no shell"}, which runs nothing", "set SHELL=/bin/sh, or use sshfn git-ssh");
    }

    private static Finding Agent()
    {
        int count = Programs.Run("ssh-add", "-l") is { ExitCode: 0 } result ? result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length : 0;
        return count > MostOfferedKeys
            ? Finding.Warn($"the ssh agent holds {count} keys: servers give up after 6", "IdentitiesOnly keeps them from managed hosts; ssh-add -D clears them for others")
            : Finding.Ok($"the ssh agent holds {count} keys");
    }

    [GeneratedRegex(@"OpenSSH_(\d+)\.(\d+)")]
    private static partial Regex VersionPattern();
}
