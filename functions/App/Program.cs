using SshFunctions.App.Commands;
using SshFunctions.App.Hosting;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.Core;

switch (args)
{
    case ["--help" or "-h", ..] or [_, .., "--help" or "-h"]:
        HelpText.Write(Console.Out, args[0]);
        return ExitCode.Success;
    case ["--version"]:
        Console.Out.WriteLine($"sshfn-broker {BrokerVersion.Current}");
        return ExitCode.Success;
    case ["serve", .. var options]:
        return await ServeCommand.RunAsync(options);
    case ["backup", .. var options]:
        return BackupCommand.Run(options);
    case ["restore", .. var options]:
        return await RestoreCommand.RunAsync(options);
    case ["admin-token", .. var options]:
        return AdminTokenCommand.Run(options);
    case [] when FunctionsHost.IsParent(Environment.GetEnvironmentVariable):
        return await ServeCommand.RunForFunctionsHostAsync();
    case ["manifest", .. var options]:
        return ManifestCommand.Run(options);
    case ["try-ticket", .. var options]:
        return TryTicketCommand.Run(options, Console.OpenStandardInput());
    case [var unknown, ..]:
        return ErrorText.Write(new Refusal.Invalid(null, $"unknown command \"{unknown}\"", "sshfn-broker --help lists the commands and options"), ExitCode.Usage);
    default:
        return ErrorText.Write(new Refusal.Invalid(null, "no command", "sshfn-broker serve --data DIR starts the broker"), ExitCode.Usage);
}
