using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Host;

/// <summary>Makes a token that enrolls one host; its text is the only thing on standard output, so that it can be piped.</summary>
internal sealed class CreateEnrollmentTokenCommand : SshfnCommand
{
    private readonly Argument<string> _resource = new("resource") { Description = "Path of the resource that the host shall be" };
    private readonly Option<int?> _instance = new("--instance", "-i") { Description = "Which numbered instance of it", HelpName = "number" };
    private readonly Option<string?> _life = new("--life") { Description = "How long it can be used, 1m to 24h; an hour when absent", HelpName = "span" };

    internal CreateEnrollmentTokenCommand()
        : base(
            "token", "Make a token that enrolls one host, once",
            "sshfn host token acme/production/web --life 10m | ssh root@new-host sshfn host enroll --broker https://broker.example.com --token-stdin")
    {
        Arguments.Add(_resource);
        Options.Add(_instance);
        Options.Add(_life);
        Run(CreateAsync);
    }

    private async Task<int> CreateAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        int? seconds = arguments.GetValue(_life) is { } text ? (int)Math.Min(Moment.ParseSpan(text).TotalSeconds, int.MaxValue) : null;
        var request = new CreateEnrollmentTokenRequest(arguments.GetValue(_resource)!, arguments.GetValue(_instance), seconds);
        using BrokerClient client = BrokerClient.SignedIn();
        BrokerAnswer answer = await client.PostAsync(Routes.EnrollmentTokens, request, Contract.Json.CreateEnrollmentTokenRequest, cancellationToken);
        CreatedEnrollmentTokenResponse created = answer.Read(Contract.Json.CreatedEnrollmentTokenResponse);
        if (WantsJson(arguments))
            Terminal.Raw(Json.Render(answer));
        else
            Terminal.Print(Printable.Line(created.Token));
        EnrollmentTokenResponse token = created.EnrollmentToken;
        Terminal.Note($"enrolls one host as {HostRows.Place(token.Resource, token.Instance)} until {Moment.Text(token.Expires)}; it is shown this once");
        Terminal.Hint($"as root on the host, with the token on standard input: sshfn host enroll --broker {Printable.Line(client.Address)} --token-stdin");
        return ExitCode.Done;
    }
}
