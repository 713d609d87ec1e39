using System.Security.Cryptography;
using SshFunctions.App.Hosting;
using SshFunctions.App.Hosting.Manifest;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.App.Http;
using SshFunctions.Core;
using SshFunctions.Core.Ports;

const int Usage = 2;
const int Failure = 1;

switch (args)
{
    case ["--help" or "-h", ..] or ["serve", .., "--help" or "-h"]:
        HelpText.Write(Console.Out);
        return 0;
    case ["--version"]:
        Console.Out.WriteLine($"sshfn-broker {BrokerVersion.Current}");
        return 0;
    case ["serve", .. var options]:
        return await ServeAsync(options);
    case ["manifest", .. var rest]:
        return ManifestCommand.Run(rest);
    case [var unknown, ..]:
        return Refuse(new Refusal.Invalid(null, $"unknown command \"{unknown}\"", "sshfn-broker --help lists the commands and options"), Usage);
    default:
        return Refuse(new Refusal.Invalid(null, "no command", "sshfn-broker serve --data DIR starts the broker"), Usage);
}

static async Task<int> ServeAsync(string[] options)
{
    if (!CommandLine.Parse(options).Try(out SettingSource? commandLine, out Refusal? refusal)
        || !SettingValues.Merge(commandLine, Environment.GetEnvironmentVariable).Try(out SettingValues? values, out refusal)
        || !BrokerProfile.From(values).Try(out BrokerProfile? profile, out refusal))
        return Refuse(refusal, Usage);

    try
    {
        await using Stream log = Console.OpenStandardOutput();
        if (!(await SelfHostedBroker.OpenAsync(profile, TimeProvider.System, CancellationToken.None)).Try(out SelfHostedBroker? broker, out refusal))
            return Refuse(refusal, refusal is Refusal.Conflict ? Failure : Usage);
        await using SelfHostedBroker open = broker;
        await using WebApplication app = BrokerHost.Build(profile, log, services => broker.Register(services, profile), HttpFunctions.All);
        if (await broker.BootstrapAsync(app.Services, profile.NewAdminToken, CancellationToken.None) is { } tokenFile)
            Console.Error.WriteLine($"sshfn-broker: sign in as admin, within a day, with the token in {tokenFile}; then delete that file");
        await app.RunAsync();
        return 0;
    }
    catch (CryptographicException unusable)
    {
        return Refuse(new Refusal.Invalid(null, $"the TLS certificate or key can't be used: {unusable.Message}", "both must be PEM, of one key pair, not encrypted"), Usage);
    }
    catch (StoreUnavailableException unusable)
    {
        return Refuse(new Refusal.Invalid(null, unusable.Message, "check the file store.db in the data directory, its disk and its owner"), Failure);
    }
    catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
    {
        return Refuse(new Refusal.Invalid(null, unusable.Message, "check the file, or whether another process has the address"), Failure);
    }
}

static int Refuse(Refusal refusal, int exitCode)
{
    Console.Error.WriteLine($"sshfn-broker: error: {refusal.Detail}");
    if (refusal.Fix is { } fix)
        Console.Error.WriteLine($"sshfn-broker: hint: {fix}");
    return exitCode;
}
