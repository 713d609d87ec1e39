using System.CommandLine;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Host;
using SshFunctions.Hooks.Host.Enroll;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Host;

/// <summary>Lets a server's own sshd trust the broker.</summary>
internal sealed class EnrollCommand : SshfnCommand
{
    private readonly Option<string?> _broker = new("--broker") { Description = "The broker's address", HelpName = "url" };
    private readonly ProofOptions _proof = new();
    private readonly HostOptions _host = new();
    private readonly Option<bool> _again = new("--again") { Description = "Set an enrolled host up anew, with these options and its own token" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show every change of a file line by line, change none" };

    internal EnrollCommand()
        : base(
            "enroll",
            "Let this server's sshd trust the broker; all of it, or nothing",
            """
            sshfn host enroll --broker https://broker.example.com --token-file token --dry-run
            sshfn host enroll --broker https://broker.example.com --token-file token
            sshfn host enroll --broker https://broker.example.com --identity azure --passcodes --passcode-port 2222
            """)
    {
        Notes = """
            Writes sshd_config.d/00-sshfn.conf and, for sessions and passcodes, sshd's PAM service; sshd judges both before they are in force.
            Keys that accounts have stay good, and sessions go on; with --passcodes the passwords of accounts enter no more.
            sshfn host unenroll restores every byte.
            """;
        Options.Add(_broker);
        _proof.AddTo(this);
        _host.AddTo(this);
        Options.Add(_again);
        Options.Add(_dryRun);
        Run(EnrollAsync);
    }

    private async Task<int> EnrollAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        EnrollOptions options = _host.Read(arguments) with { Again = arguments.GetValue(_again) };
        UndoStore store = new(options.Folders);
        Enrollment enrollment = new(options, store);
        Uri broker = BrokerOf(arguments, options);
        EnrollmentProof? proof = _proof.Read(arguments, broker, mayBeAbsent: options.Again);
        if (arguments.GetValue(_dryRun))
            return Show(enrollment.Rehearse());
        HostOptions.RequireRoot();
        if (options.Passcodes)
            Terminal.Warning("passwords of accounts enter by this sshd no more: passcodes take their place");
        Ownership.EnsureFolder(options.Folders.RunFolder);
        using FileLock alone = FileLock.Take(options.Folders.EnrollLock, HostOptions.LongestEnroll);
        return Show(arguments, await enrollment.RunAsync(broker, proof, cancellationToken));
    }

    private Uri BrokerOf(ParseResult arguments, EnrollOptions options)
    {
        if (arguments.GetValue(_broker) is { } address)
            return BrokerAddress.Parse(address);
        return options.Again ? BrokerAddress.Parse(HostFiles.ReadSettings(options.Folders).Broker) : throw new CommandFailedException(
            ExitCode.Usage, "--broker is missing", "sshfn host enroll --broker https://broker.example.com --token-file FILE");
    }

    private static int Show(HostPlan plan)
    {
        foreach (SystemChange change in plan.Changes)
            Terminal.Raw(change.Diff());
        Terminal.Note($"sshd takes it; in place of {Enrollment.AnyResource} stands what the broker says this host is");
        return ExitCode.Done;
    }

    private static int Show(ParseResult arguments, Enrolled enrolled)
    {
        HostSettings settings = enrolled.Settings;
        (string, string?)[] members =
        [
            ("host", settings.Host), ("resource", settings.Resource), ("instance", settings.Instance?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("broker", settings.Broker), ("changed", string.Join(' ', enrolled.Changes.Select(change => change.Path))), ("sshd", enrolled.Reload),
        ];
        if (WantsJson(arguments))
            Terminal.Raw(Json.RenderMembers(members));
        else
            Terminal.Print($"{members.Where(member => member.Item2 is not null).Select(member => $"{member.Item1,-9} {Printable.Line(member.Item2!)}").Aggregate((text, line) => text + "\n" + line)}");
        Terminal.Hint("sshfn host refresh --watch keeps trust and revocations fresh; sshfn host units prints what systemd needs to run it");
        return ExitCode.Done;
    }
}
