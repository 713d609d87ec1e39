using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using SshFunctions.Hooks.Broker;

namespace SshFunctions.Hooks.Commands.Tree;

/// <summary>Shows one thing.</summary>
internal sealed class ShowCommand<T> : SshfnCommand
    where T : notnull
{
    private readonly Argument<string> _name;

    /// <param name="description">What it does.</param>
    /// <param name="example">A line that works.</param>
    /// <param name="argument">What is to be named.</param>
    /// <param name="pathOf">From the name to the path of the API.</param>
    /// <param name="type">What the API answers.</param>
    /// <param name="rows">Its members for people.</param>
    internal ShowCommand(
        string description, string example, string argument, Func<string, string> pathOf, JsonTypeInfo<T> type, Func<T, (string, string?)[]> rows)
        : base("show", description, example)
    {
        _name = new Argument<string>(argument) { Description = "Which one" };
        Arguments.Add(_name);
        Run(async (arguments, cancellationToken) =>
        {
            string path = pathOf(arguments.GetValue(_name)!);
            using BrokerClient client = BrokerClient.SignedIn();
            BrokerAnswer answer = await client.GetAsync(path, cancellationToken);
            return Show(arguments, answer, rows(answer.Read(type)));
        });
    }
}
