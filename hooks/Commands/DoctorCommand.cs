using System.CommandLine;
using SshFunctions.Hooks.Commands.Discover;
using SshFunctions.Hooks.Config;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Doctor;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands;

/// <summary>Says what is wrong with this machine's setup, and what to do about it.</summary>
internal sealed class DoctorCommand : SshfnCommand
{
    private readonly Argument<string?> _resource = new("resource")
    {
        Description = "Also whether this resource answers, on which of its ports; without it those with several are tried",
        HelpName = "resource",
        Arity = ArgumentArity.ZeroOrOne,
        CompletionSources = { _ => KnownNames.Resources() },
    };

    private readonly Option<string> _config = new("--ssh-config")
    {
        Description = "The configuration that includes the managed file",
        HelpName = "file",
        DefaultValueFactory = _ => SshSetup.DefaultUserConfig,
    };

    internal DoctorCommand()
        : base("doctor", "Check broker, token, ssh, files and blocked ports; exit 1 when something fails", "sshfn doctor\nsshfn doctor web")
    {
        Notes = "A port found blocked is passed over by aliases and sshfn ssh from then on, where another of the same instance answers.";
        Arguments.Add(_resource);
        Options.Add(_config);
        Run(ExamineAsync);
    }

    private async Task<int> ExamineAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        Folders folders = Folders.Current();
        List<Finding> findings = [];
        await foreach (Finding finding in BrokerChecks.RunAsync(folders).WithCancellation(cancellationToken))
            findings.Add(finding);
        string userConfig = Path.GetFullPath(arguments.GetValue(_config)!);
        findings.AddRange(SshChecks.Run(folders, userConfig));
        findings.AddRange(OverrideChecks.Run(folders, userConfig));
        findings.AddRange(FileChecks.Run(folders));
        findings.AddRange(await RevocationChecks.RunAsync(folders, cancellationToken));
        findings.AddRange(await PortChecks.RunAsync(folders, arguments.GetValue(_resource)));
        if (WantsJson(arguments))
            Terminal.Raw(Json.RenderFindings(findings));
        else
            Print(findings);
        return findings.Exists(finding => finding.Level == Finding.FailLevel) ? ExitCode.Failed : ExitCode.Done;
    }

    private static void Print(List<Finding> findings)
    {
        foreach (Finding finding in findings)
        {
            Terminal.Print($"{finding.Level,-4}  {Printable.Line(finding.Text)}");
            if (finding.Fix is { } fix)
                Terminal.Print($"      fix: {Printable.Line(fix)}");
        }
    }
}
