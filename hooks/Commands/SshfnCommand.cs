using System.CommandLine;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands;

/// <summary>A command with an example for its help page, whose failures end at the rim.</summary>
internal abstract class SshfnCommand(string name, string description, string example) : Command(name, description)
{
    /// <summary>Prints the API's JSON in place of a table; every command knows it.</summary>
    internal static Option<bool> JsonOption { get; } = new("--json") { Description = "Print the API's JSON", Recursive = true };

    /// <summary>Lines that work when typed with one's own names in them.</summary>
    internal string Example { get; } = example;

    /// <summary>What the help page says beyond the description, in lines of their own; null for nothing.</summary>
    internal string? Notes { get; init; }

    protected static bool WantsJson(ParseResult arguments) => arguments.GetValue(JsonOption);

    /// <summary>Prints one answer: the API's JSON, or a table of names and values.</summary>
    protected static int Show(ParseResult arguments, BrokerAnswer answer, params ReadOnlySpan<(string Name, string? Value)> members)
    {
        if (WantsJson(arguments))
        {
            Terminal.Raw(Json.Render(answer));
            return ExitCode.Done;
        }

        Table table = new(members[0].Name, Printable.Line(members[0].Value ?? "-"));
        foreach ((string name, string? value) in members[1..])
            table.Add(name, value);
        Terminal.Raw(table.Render());
        return ExitCode.Done;
    }

    /// <summary>Prints rows that no single answer holds: as JSON objects of the columns, or as a table.</summary>
    protected static int Rows(ParseResult arguments, string[] columns, IReadOnlyList<string?[]> rows)
    {
        if (WantsJson(arguments))
        {
            Terminal.Raw(Json.RenderRows(columns, rows));
            return ExitCode.Done;
        }

        Table table = new(columns);
        foreach (string?[] row in rows)
            table.Add(row);
        Terminal.Raw(table.Render());
        return ExitCode.Done;
    }

    protected void Run(Func<ParseResult, CancellationToken, Task<int>> action) =>
        SetAction((arguments, cancellationToken) => Rim.RunAsync(() => action(arguments, cancellationToken), cancellationToken));

    protected void Run(Func<ParseResult, int> action) =>
        SetAction((arguments, cancellationToken) => Rim.RunAsync(() => Task.FromResult(action(arguments)), cancellationToken));
}
