using System.CommandLine;
using System.Globalization;
using SshFunctions.Api;
using SshFunctions.Hooks.Alias;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Commands.Discover;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Access;

/// <summary>Prints a one-time passcode for the password prompt of a client that knows no certificates.</summary>
internal sealed class CodeCommand : SshfnCommand
{
    private readonly Argument<string> _name = PlaceOptions.Resource();
    private readonly Option<int?> _instance = PlaceOptions.Instance();
    private readonly Option<string?> _login = new("--login", "-l") { Description = "The account; needed where the resource has several", HelpName = "login" };
    private readonly Option<string?> _from = new("--from") { Description = "The only address that it counts from; any that the grant allows when absent", HelpName = "address" };
    private readonly Option<string?> _life = new("--life") { Description = "How long it counts, 30 to 900 seconds, also 5m; 300 when absent", HelpName = "seconds" };
    private readonly Option<string?> _project = PlaceOptions.Project();
    private readonly Option<string?> _environment = PlaceOptions.Environment();

    internal CodeCommand()
        : base(
            "code",
            "A one-time passcode, to be typed where a stock ssh, sftp or scp asks for a password",
            """
            sshfn code web
            sshfn code app -i 3 -l deploy --from 192.0.2.7 --life 60
            """)
    {
        Arguments.Add(_name);
        foreach (Option option in new Option[] { _instance, _login, _from, _life, _project, _environment })
            Options.Add(option);
        Run(MintAsync);
    }

    private async Task<int> MintAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        MintPasscodeRequest request = Request(arguments);
        using BrokerClient client = BrokerClient.SignedIn();
        BrokerAnswer answer = await client.PostAsync(Routes.Passcodes, request, Contract.Json.MintPasscodeRequest, cancellationToken);
        PasscodeResponse minted = answer.Read(Contract.Json.PasscodeResponse);
        if (WantsJson(arguments))
        {
            Terminal.Raw(Json.Render(answer));
            return ExitCode.Done;
        }

        if (minted.Passcode.Any(char.IsControl))
            throw new CommandFailedException(ExitCode.Failed, "the broker's answer is not what its API promises", "is sshfn as new as the broker?");
        Terminal.Print(minted.Passcode);
        Terminal.Note($"type it, once, at the password prompt of {Place(minted)}{Source(minted)} before {Moment.Text(minted.Expires)}");
        return ExitCode.Done;
    }

    private MintPasscodeRequest Request(ParseResult arguments)
    {
        ResourceChoice choice = new(arguments.GetValue(_name)!, arguments.GetValue(_project), arguments.GetValue(_environment));
        NamedResource found = new CatalogStore(Folders.Current()).Look(choice.Find, choice.Missing);
        return new(found.Resource.Path, arguments.GetValue(_login), arguments.GetValue(_instance) ?? found.Instance, arguments.GetValue(_from), Life(arguments.GetValue(_life)));
    }

    private static int? Life(string? text) => text is null ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) ? seconds
        : (int)Moment.ParseSpan(text).TotalSeconds;

    private static string Place(PasscodeResponse minted)
    {
        if (minted.Host is not { } host)
            return $"{minted.Resource} as {minted.Login}";
        string port = minted.Port is { } number and not 22 ? $"-p {number.ToString(CultureInfo.InvariantCulture)} " : "";
        return $"ssh {port}{minted.Login}@{host}";
    }

    private static string Source(PasscodeResponse minted) => minted.SourceAddress is { } source ? $" from {source}" : "";
}
