using System.CommandLine;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Host;
using SshFunctions.Hooks.Host.Enroll;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Host;

/// <summary>What a server looks like and what it shall take.</summary>
internal sealed class HostOptions
{
    private readonly Option<string> _folder = FolderOption();
    private readonly Option<string> _runFolder = RunFolderOption();
    private readonly Option<string> _sshd = File("--sshd", "The sshd program", "/usr/sbin/sshd");
    private readonly Option<string> _sshdConfig = File("--sshd-config", "Its configuration", "/etc/ssh/sshd_config");
    private readonly Option<string> _pamService = File("--pam-service", "Its PAM service", "/etc/pam.d/sshd");
    private readonly Option<bool> _passcodes = new("--passcodes") { Description = "Take one-time passcodes for passwords; nothing is forwarded where they are taken" };
    private readonly Option<int?> _passcodePort = new("--passcode-port") { Description = "Take passcodes on this port alone, which is added", HelpName = "port" };
    private readonly Option<bool> _registeredKeys = new("--registered-keys") { Description = "Ask the broker for registered keys that may enter" };
    private readonly Option<string> _offlineKeysFor = new("--offline-keys-for") { Description = "How long registered keys count while the broker is away", HelpName = "span", DefaultValueFactory = _ => "4h" };
    private readonly Option<bool> _noSessions = new("--no-sessions") { Description = "Leave PAM's sessions alone: no reports of logins, and no single-use certificates" };
    private readonly Option<string?> _reload = ReloadOption();
    private readonly Option<bool> _replace = new("--replace") { Description = "Put our settings in front of those that somebody made" };

    internal static Option<string> FolderOption() => File("--folder", "Where the host's files lie", HostFolders.DefaultFolder);

    internal static Option<string> RunFolderOption() => File("--run-folder", "Where its files until the next boot lie", HostFolders.DefaultRunFolder);

    internal static Option<string?> ReloadOption() => new("--reload") { Description = "How the listening sshd is found: auto, pid-file, or none to leave it alone", HelpName = "way" };

    internal static ReloadWay ParseReload(string? way) => way switch
    {
        null or "auto" => ReloadWay.Auto,
        "pid-file" => ReloadWay.PidFile,
        "none" => ReloadWay.None,
        _ => throw new CommandFailedException(ExitCode.Usage, $"--reload: {way} is no way to find sshd", "auto, pid-file or none"),
    };

    /// <summary>How long a second run waits for one that enrolls: that talks to the broker and to sshd many times.</summary>
    internal static TimeSpan LongestEnroll { get; } = TimeSpan.FromMinutes(10);

    internal static void RequireRoot()
    {
        if (!Ownership.IsRoot)
            throw new CommandFailedException(ExitCode.Failed, "the files of sshd are root's, and this user is not root", "run it with sudo; --dry-run shows what it would do");
    }

    internal void AddTo(Command command)
    {
        Option[] options = [_folder, _runFolder, _sshd, _sshdConfig, _pamService, _passcodes, _passcodePort, _registeredKeys, _offlineKeysFor, _noSessions, _reload, _replace];
        foreach (Option option in options)
            command.Options.Add(option);
    }

    internal EnrollOptions Read(ParseResult arguments)
    {
        string PathOf(Option<string> option) => PlainPath.Of(arguments.GetValue(option)!);
        int? port = arguments.GetValue(_passcodePort);
        if (port is < 1 or > 65535)
            throw new CommandFailedException(ExitCode.Usage, $"--passcode-port: {port} is no port", "1 to 65535");
        return new EnrollOptions(
            new HostFolders(PathOf(_folder), PathOf(_runFolder)), new Sshd(PathOf(_sshd)),
            SystemPaths.Of(PathOf(_sshdConfig), PathOf(_pamService)), PlainPath.Of(Programs.Self))
        {
            Passcodes = arguments.GetValue(_passcodes) || port is not null,
            PasscodePort = port,
            RegisteredKeys = arguments.GetValue(_registeredKeys),
            OfflineKeysFor = OfflineSpan(arguments.GetValue(_offlineKeysFor)!),
            Sessions = !arguments.GetValue(_noSessions),
            Reload = ParseReload(arguments.GetValue(_reload)),
            Replace = arguments.GetValue(_replace),
            CaFile = Settings.CaFile is { } file ? Path.GetFullPath(file) : null,
        };
    }

    private static TimeSpan OfflineSpan(string text)
    {
        TimeSpan span = Moment.ParseSpan(text);
        return span.TotalSeconds <= HostSettings.LongestOfflineKeysForSeconds ? span : throw new CommandFailedException(
            ExitCode.Usage, $"--offline-keys-for: {text} is longer than a week, and so a standing key", "4h, 24h or 7d");
    }

    private static Option<string> File(string name, string description, string standard) =>
        new(name) { Description = description, HelpName = "path", DefaultValueFactory = _ => standard };
}
