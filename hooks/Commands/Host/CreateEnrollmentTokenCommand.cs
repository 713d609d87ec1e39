using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Host;

/// <summary>Makes a token that enrolls one server once; its text is the only thing on standard output, so that it can be piped.</summary>
internal sealed class CreateEnrollmentTokenCommand : SshfnCommand
{
    private readonly Argument<string> _resource = new("resource") { Description = "What the server shall be, project/environment/resource" };
    private readonly Option<int?> _instance = new("--instance", "-i") { Description = "Which numbered instance of it", HelpName = "number" };
    private readonly Option<string?> _life = new("--expires") { Description = "How long it can be used: a span of at most 24h; 1h when absent", HelpName = "span" };

    internal CreateEnrollmentTokenCommand()
        : base(
            "token", "Make a token that enrolls one server, once",
            "sshfn host token acme/production/web | ssh root@new-server sshfn host enroll --broker https://broker.example.com --token-stdin")
    {
        Arguments.Add(_resource);
        Options.Add(_instance);
        Options.Add(_life);
        Run(CreateAsync);
    }

    private async Task<int> CreateAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        CreateEnrollmentTokenRequest request = new(
            arguments.GetValue(_resource)!, arguments.GetValue(_instance),
            arguments.GetValue(_life) is { } life ? (int)Math.Min(Moment.ParseSpan(life).TotalSeconds, int.MaxValue) : null);
        using BrokerClient client = BrokerClient.SignedIn();
        BrokerAnswer answer = await client.PostAsync(Routes.EnrollmentTokens, request, Contract.Json.CreateEnrollmentTokenRequest, cancellationToken);
        CreatedEnrollmentTokenResponse created = answer.Read(Contract.Json.CreatedEnrollmentTokenResponse);
        if (WantsJson(arguments))
            Terminal.Raw(Json.Render(answer));
        else
            Terminal.Print(Printable.Line(created.Token));
        EnrollmentTokenResponse token = created.EnrollmentToken;
        Terminal.Note($"token {token.Id} makes one server {token.Resource}, until {Moment.Text(token.Expires)}; it is shown this once");
        return ExitCode.Done;
    }
}
