using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands;

/// <summary>Signs in with an access token, which is tried before it is stored and never stands on a command line.</summary>
internal sealed class LoginCommand : SshfnCommand
{
    private const int LargestTokenBytes = 64 * 1024;

    private readonly Option<string> _broker = new("--broker") { Description = "Address of the broker; https, or http on this machine", HelpName = "url" };
    private readonly Option<string?> _token = new("--token") { Description = "Read the access token from standard input", HelpName = "-", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _tokenFile = new("--token-file") { Description = "Read the access token from a file", HelpName = "file" };

    internal LoginCommand()
        : base("login", "Sign in to a broker with an access token", "sshfn login --broker https://broker.example.com --token-file token.txt")
    {
        Options.Add(_broker);
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
        Credentials credentials = new(broker, AccessTokenText.Parse(ReadToken(arguments)));
        using BrokerClient client = new(credentials.Broker, credentials.Token);
        BrokerAnswer answer = await client.GetAsync(Routes.Me, cancellationToken);
        CallerResponse caller = answer.Read(Contract.Json.CallerResponse);
        store.Save(credentials);
        // Certificates at hand speak for whoever was signed in before.
        Files.DeleteFolder(folders.Destinations);
        if (WantsJson(arguments))
            Terminal.Raw(Json.Render(answer));
        else
            Terminal.Print($"signed in to {broker.GetLeftPart(UriPartial.Authority)} as {Printable.Line(caller.Subject)}");
        Terminal.Hint("so that ssh and git use it: sshfn config-ssh");
        return ExitCode.Done;
    }

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
            : throw new CommandFailedException(ExitCode.Usage, "no access token", SignInHint.Text());
    }
}
