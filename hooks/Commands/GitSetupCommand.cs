using System.CommandLine;
using System.Text;
using SshFunctions.Hooks.Commands.Git;
using SshFunctions.Hooks.Config;
using SshFunctions.Hooks.Git;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands;

/// <summary>Lets git use certificates where the ssh configuration alone does not reach.</summary>
internal sealed class GitSetupCommand : SshfnCommand
{
    private readonly Option<bool> _global = new("--global") { Description = "For every repository of yours (when neither is given)" };
    private readonly Option<bool> _local = new("--local") { Description = "For the repository in this folder" };
    private readonly Option<string[]> _https = new("--https") { Description = "Let git ask for passwords for this HTTPS host; may be given again", HelpName = "host" };
    private readonly Option<bool> _remove = new("--remove") { Description = "Put back what stood there before" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Say what would change, change nothing" };

    internal GitSetupCommand()
        : base("git-setup", "Set core.sshCommand so that git fetches certificates, or a helper for HTTPS", "sshfn git-setup --global\ngit clone git@git.example.com:team/app.git\nsshfn git-setup --https git.example.com")
    {
        Options.Add(_global);
        Options.Add(_local);
        Options.Add(_https);
        Options.Add(_remove);
        Options.Add(_dryRun);
        Run(SetUp);
    }

    private int SetUp(ParseResult arguments)
    {
        if (arguments.GetValue(_global) && arguments.GetValue(_local))
            throw new CommandFailedException(ExitCode.Usage, "--global and --local exclude each other");
        string level = arguments.GetValue(_local) ? "--local" : "--global";
        string[] hosts = arguments.GetValue(_https) ?? [];
        if (hosts.Length > 0 && !arguments.GetValue(_remove))
            return HttpsSetup.Install(level, hosts, arguments.GetValue(_dryRun));
        string command = $"{QuotedPath.ForShell(Programs.Self)} git-ssh";
        GitSetup setup = new(new GitSettings(level), command);
        bool isDry = arguments.GetValue(_dryRun);
        if (arguments.GetValue(_remove))
            return Remove(setup, level, hosts, isDry);
        var changes = setup.Changes().ToArray();
        if (!isDry)
        {
            WriteConfiguration();
            setup.Install();
        }

        foreach ((string key, string? before, string value) in changes)
            Terminal.Print($"{(isDry ? "would set" : "set")} {level} {key} = {value}{(before is null ? "" : $" (before: {before})")}");
        if (changes.Length == 0)
            Terminal.Print("unchanged: git already uses sshfn");
        Terminal.Print($"for one command: GIT_SSH_COMMAND=\"{command}\" GIT_SSH_VARIANT=ssh git clone …");
        return ExitCode.Done;
    }

    private static int Remove(GitSetup setup, string level, string[] hosts, bool isDry)
    {
        bool hadHttps = HttpsSetup.Remove(level, hosts, isDry);
        if (hosts.Length > 0 && !hadHttps)
            Terminal.Print($"nothing to remove: git-setup --https was not used for {string.Join(", ", hosts)}");
        if (hosts.Length > 0 || (hadHttps && !setup.IsInstalled))
            return ExitCode.Done;
        if (!setup.IsInstalled)
        {
            bool isLocalOnly = level == "--global" && new GitSetup(new GitSettings("--local"), "").IsInstalled;
            Terminal.Print("nothing to restore: git-setup was not used here");
            if (isLocalOnly)
                Terminal.Hint("this repository has a setup of its own: use --local --remove");
            return ExitCode.Done;
        }

        if (isDry)
        {
            foreach ((string key, string? value) in setup.Restorations())
                Terminal.Print(value is null ? $"would remove {level} {key}" : $"would restore {level} {key} = {value}");
            return ExitCode.Done;
        }

        setup.Remove();
        Terminal.Print("restored: git uses what it used before");
        return ExitCode.Done;
    }

    private static void WriteConfiguration()
    {
        Folders folders = Folders.Current();
        Ownership.EnsureFolder(folders.Config);
        Files.Write(folders.GitSshConfig, Encoding.UTF8.GetBytes(GitSshConfig.Render(folders)), Files.Private);
        if (!Files.Exists(folders.SshConfig))
            Terminal.Hint("to name the hosts to fetch certificates for: sshfn config-ssh");
    }
}
