using System.CommandLine;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands;

/// <summary>Deletes one thing by its identifier or path.</summary>
internal sealed class RemoveCommand : SshfnCommand
{
    private readonly Argument<string> _name;

    /// <param name="verb">The word on the command line.</param>
    /// <param name="description">What it does.</param>
    /// <param name="example">A line that works.</param>
    /// <param name="argument">What is to be named.</param>
    /// <param name="pathOf">From the name to the path of the API.</param>
    /// <param name="done">The word for what was done.</param>
    internal RemoveCommand(string verb, string description, string example, string argument, Func<string, string> pathOf, string done = "removed")
        : base(verb, description, example)
    {
        _name = new Argument<string>(argument) { Description = "Which one" };
        Arguments.Add(_name);
        Run(async (arguments, cancellationToken) =>
        {
            string path = pathOf(arguments.GetValue(_name)!);
            using BrokerClient client = BrokerClient.SignedIn();
            await client.DeleteAsync(path, cancellationToken);
            if (!WantsJson(arguments))
                Terminal.Print($"{done} " + arguments.GetValue(_name));
            return ExitCode.Done;
        });
    }
}
