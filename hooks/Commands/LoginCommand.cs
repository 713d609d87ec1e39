using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Config;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;
using SshFunctions.Hooks.SignIn;

namespace SshFunctions.Hooks.Commands;

/// <summary>Signs in; what was got is tried before it is stored, and an access token never stands on a command line.</summary>
internal sealed class LoginCommand : SshfnCommand
{
    private const int LargestTokenBytes = 64 * 1024;

    private readonly Option<string> _broker = new("--broker") { Description = "Address of the broker; https, or http on this machine", HelpName = "url" };
    private readonly Option<string?> _token = new("--token") { Description = "Read the access token from standard input", HelpName = "-", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _tokenFile = new("--token-file") { Description = "Read the access token from a file", HelpName = "file" };

    private readonly Option<string?> _sshKey = new("--ssh-key") { Description = "Sign in with a registered SSH key: its file, or its .pub file when the agent has it", HelpName = "file" };
    private readonly Option<string?> _issuer = new("--issuer") { Description = "Sign in with a browser at this issuer, when the broker knows several", HelpName = "name" };

    internal LoginCommand()
        : base(
            "login",
            "Sign in to a broker: with a browser on any machine, an SSH key or an access token",
            "sshfn login --broker https://broker.example.com\nsshfn login --ssh-key ~/.ssh/id_ed25519\nsshfn login --token-file token.txt")
    {
        Options.Add(_broker);
        Options.Add(_issuer);
        Options.Add(_sshKey);
        Options.Add(_token);
        Options.Add(_tokenFile);
        Run(LoginAsync);
    }

    private async Task<int> LoginAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        Folders folders = Folders.Current();
        CredentialStore store = new(folders);
        Uri broker = arguments.GetValue(_broker) is { } address ? BrokerAddress.Parse(address) : store.Find()?.Broker
            ?? throw new CommandFailedException(ExitCode.Usage, "which broker", SignInHint.Text());
        Credentials credentials = await ProveAsync(arguments, broker, folders, cancellationToken);
        using BrokerClient client = new(credentials.Broker, credentials.Token);
        BrokerAnswer answer = await client.GetAsync(Routes.Me, cancellationToken);
        CallerResponse caller = answer.Read(Contract.Json.CallerResponse);
        Ownership.EnsureFolder(folders.Config);
        // A renewal of the sign-in before must not come after this one.
        using (FileLock.Take(folders.CredentialsLock))
            store.Save(credentials);
        new HostKeys(folders).Forget();
        // Certificates at hand speak for whoever was signed in before.
        Files.DeleteFolder(folders.Destinations);
        if (WantsJson(arguments))
            Terminal.Raw(Json.Render(answer));
        else
            Terminal.Print($"signed in to {broker.GetLeftPart(UriPartial.Authority)} as {Printable.Line(caller.Subject)}");
        Terminal.Hint("so that ssh and git use it: sshfn config-ssh");
        return ExitCode.Done;
    }

    private async Task<Credentials> ProveAsync(ParseResult arguments, Uri broker, Folders folders, CancellationToken cancellationToken)
    {
        bool hasToken = arguments.GetResult(_token) is not null || arguments.GetResult(_tokenFile) is not null;
        string? issuer = arguments.GetValue(_issuer);
        string? key = arguments.GetValue(_sshKey);
        if ((hasToken ? 1 : 0) + (issuer is null ? 0 : 1) + (key is null ? 0 : 1) > 1)
            throw new CommandFailedException(ExitCode.Usage, Exclusive(arguments), "sshfn login --help");
        if (key is not null)
            return await SshKeyLogin.RunAsync(broker, key, folders, cancellationToken);
        if (!hasToken && await SignInWays.ChooseAsync(broker, issuer, cancellationToken) is { } way)
            return await DeviceLogin.RunAsync(broker, way, cancellationToken);
        return new Credentials(broker, AccessTokenText.Parse(ReadToken(arguments)));
    }

    private string Exclusive(ParseResult arguments) => string.Join(
        " and ", new Option[] { _issuer, _sshKey, _token, _tokenFile }.Where(option => arguments.GetResult(option) is not null).Select(option => option.Name)) + " exclude each other";

    private static string ReadFile(string path)
    {
        string token = InputFile.Read(path, LargestTokenBytes);
        if (string.IsNullOrWhiteSpace(token))
            throw new CommandFailedException(ExitCode.Failed, $"{path} is empty", "an access token stands alone on one line");
        if (InputFile.IsReadableByOthers(path))
            Terminal.Warning($"{path} can be read by others: chmod 600 {path}");
        return token;
    }

    private string ReadToken(ParseResult arguments)
    {
        if (arguments.GetValue(_tokenFile) is { } file)
        {
            return arguments.GetResult(_token) is null
                ? ReadFile(file)
                : throw new CommandFailedException(ExitCode.Usage, "--token and --token-file exclude each other", "sshfn login --help");
        }

        if (arguments.GetValue(_token) is not (null or "-"))
        {
            throw new CommandFailedException(
                ExitCode.Usage, "a token on the command line can be read by everybody on this machine", "replace that token, and give the new one in a file: " + SignInHint.Text());
        }

        if (arguments.GetResult(_token) is not null)
            return Terminal.ReadInput(LargestTokenBytes);
        return Terminal.CanPrompt
            ? Terminal.AskSecret("access token: ")
            : throw new CommandFailedException(
                ExitCode.Usage, "no access token, and the broker names no way to sign in with a browser", SignInHint.Text() + ", or --ssh-key FILE with a registered key");
    }
}
