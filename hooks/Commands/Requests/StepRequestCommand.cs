using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using SshFunctions.Hooks.Broker;

namespace SshFunctions.Hooks.Commands.Requests;

/// <summary>Takes one step of an access request's life and shows what it is then.</summary>
internal abstract class StepRequestCommand<T> : SshfnCommand
{
    private readonly Argument<string> _id = new("id") { Description = "Which request" };

    protected StepRequestCommand(string verb, string description, string example, string route, JsonTypeInfo<T> type, params ReadOnlySpan<Option> options)
        : base(verb, description, example)
    {
        Arguments.Add(_id);
        foreach (Option option in options)
            Options.Add(option);
        Run(async (arguments, cancellationToken) =>
        {
            T body = Body(arguments);
            using BrokerClient client = BrokerClient.SignedIn();
            BrokerAnswer answer = await client.PostAsync(Route.Of(route, arguments.GetValue(_id)!), body, type, cancellationToken);
            await AfterwardsAsync(client, cancellationToken);
            return Show(arguments, answer, RequestRows.Of(answer.Read(Contract.Json.AccessRequestResponse)));
        });
    }

    protected abstract T Body(ParseResult arguments);

    /// <summary>What else is done on this machine when the broker has taken the step.</summary>
    protected virtual Task AfterwardsAsync(BrokerClient client, CancellationToken cancellationToken) => Task.CompletedTask;

    protected static Option<string> Text(string name, string description) => new(name) { Description = description, Required = true };
}
