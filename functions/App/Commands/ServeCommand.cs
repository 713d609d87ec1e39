using System.Security.Cryptography;
using SshFunctions.App.Hosting;
using SshFunctions.App.Hosting.Homes;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.App.Hosting.Triggers;
using SshFunctions.App.Http;
using SshFunctions.Core;
using SshFunctions.Core.Ports;

namespace SshFunctions.App.Commands;

/// <summary>Serves until it is told to stop: on one machine, beside other brokers on one store, or for the Functions host.</summary>
internal static class ServeCommand
{
    /// <summary>Serves with the settings of the command line, the environment and the file that either names.</summary>
    public static Task<int> RunAsync(string[] options) => RunAsync(options, functionsHost: null);

    /// <summary>Serves what the Functions host sends; every setting comes from the environment.</summary>
    public static Task<int> RunForFunctionsHostAsync() =>
        FunctionsHost.From(Environment.GetEnvironmentVariable).Try(out FunctionsHost? functionsHost, out Refusal? refusal)
            ? RunAsync([], functionsHost)
            : Task.FromResult(ErrorText.Write(refusal, ExitCode.Usage));

    private static async Task<int> RunAsync(string[] options, FunctionsHost? functionsHost)
    {
        if (!CommandLine.Parse(options).Try(out SettingSource? commandLine, out Refusal? refusal)
            || !SettingValues.Merge(commandLine, Environment.GetEnvironmentVariable).Try(out SettingValues? values, out refusal)
            || !BrokerProfile.From(values, functionsHost).Try(out BrokerProfile? profile, out refusal)
            || !AppServiceSignIn.Create(profile.Issuers, functionsHost is not null, Environment.GetEnvironmentVariable).Try(out AppServiceSignIn? signIn, out refusal))
            return ErrorText.Write(refusal, ExitCode.Usage);

        try
        {
            return profile.Storage is null ? await ServeAloneAsync(profile) : await ServeSharedAsync(profile, profile.Storage, signIn);
        }
        catch (CryptographicException unusable)
        {
            return ErrorText.Write(
                new Refusal.Invalid(null, $"the TLS certificate or key can't be used: {unusable.Message}", "both must be PEM, of one key pair, not encrypted"), ExitCode.Usage);
        }
        catch (StoreUnavailableException unusable)
        {
            return ErrorText.Write(
                new Refusal.Invalid(null, unusable.Message, "check the file store.db in the data directory, its disk and its owner"), ExitCode.Failure);
        }
        catch (SignerUnavailableException unusable)
        {
            return ErrorText.Write(new Refusal.Invalid(null, unusable.Message, "check --user-ca, --host-ca, --journal-key and --azure-identity"), ExitCode.Failure);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            return ErrorText.Write(new Refusal.Invalid(null, unusable.Message, "check the file that is named, or --listen: another process may have the address"), ExitCode.Failure);
        }
    }

    private static async Task<int> ServeAloneAsync(BrokerProfile profile)
    {
        await using Stream log = Console.OpenStandardOutput();
        if (!(await SelfHostedBroker.OpenAsync(profile, TimeProvider.System, CancellationToken.None)).Try(out SelfHostedBroker? broker, out Refusal? refusal))
            return ErrorText.Write(refusal, refusal is Refusal.Conflict ? ExitCode.Failure : ExitCode.Usage);
        await using SelfHostedBroker open = broker;
        await using WebApplication app = BrokerHost.Build(profile, log, services => broker.Register(services, profile), HttpFunctions.All);
        if (await broker.BootstrapAsync(app.Services, profile.NewAdminToken, CancellationToken.None) is { } tokenFile)
            Console.Error.WriteLine($"sshfn-broker: sign in as admin, within a day, with the token in {tokenFile}; then delete that file");
        await app.RunAsync();
        return ExitCode.Success;
    }

    private static async Task<int> ServeSharedAsync(BrokerProfile profile, StorageProfile storage, AppServiceSignIn signIn)
    {
        await using Stream log = Console.OpenStandardOutput();
        if (!SharedBroker.Prepare(profile, storage, TimeProvider.System).Try(out SharedBroker? broker, out Refusal? refusal))
            return ErrorText.Write(refusal, ExitCode.Usage);
        await using SharedBroker prepared = broker;
        await using WebApplication app = BrokerHost.Build(
            profile, log, services => broker.Register(services.AddSingleton(signIn)), HttpFunctions.All, profile.FunctionsHost is null ? null : TriggerSettings.BehindGate);
        await app.RunAsync();
        // The Functions host takes 0 for "never start it again".
        return profile.FunctionsHost is null ? ExitCode.Success : ExitCode.Failure;
    }
}
