using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Tokens;

/// <summary>Puts a new access token in the place of another.</summary>
internal sealed class RotateTokenCommand : SshfnCommand
{
    private readonly Argument<string> _id = new("id") { Description = "Which one" };
    private readonly Option<string?> _overlap = new("--overlap") { Description = "How long the old one stays good; 1h when absent, 0s for not at all" };
    private readonly Option<string?> _expires = new("--expires") { Description = "End of the new one: a date, or a span such as 30d; as long as the old one's life when absent" };

    internal RotateTokenCommand()
        : base("rotate", "Replace an access token; the old one, and what was made with it, stays good for a while", "sshfn token rotate q7wmzk3thd5xravn --overlap 1h > token.txt")
    {
        Arguments.Add(_id);
        Options.Add(_overlap);
        Options.Add(_expires);
        Run(RotateAsync);
    }

    private async Task<int> RotateAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        RotateAccessTokenRequest request = new(
            arguments.GetValue(_overlap) is { } overlap ? (int)Math.Min(Moment.ParseSpan(overlap).TotalSeconds, int.MaxValue) : null,
            arguments.GetValue(_expires) is { } expires ? Moment.ParseInstant(expires, Clock.Now) : null);
        using BrokerClient client = BrokerClient.SignedIn();
        string path = Route.Of(Routes.RotateToken, arguments.GetValue(_id)!);
        BrokerAnswer answer = await client.PostAsync(path, request, Contract.Json.RotateAccessTokenRequest, cancellationToken);
        NewToken.Show(answer, WantsJson(arguments));
        return ExitCode.Done;
    }
}
