using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands;

/// <summary>A list of the API as a table, all its pages.</summary>
internal abstract class ListCommand<T> : SshfnCommand
{
    private readonly JsonTypeInfo<Page<T>> _type;
    private readonly string[] _columns;

    protected ListCommand(string description, string example, JsonTypeInfo<Page<T>> type, params string[] columns)
        : base("list", description, example)
    {
        _type = type;
        _columns = columns;
        Run(ShowAsync);
    }

    protected abstract string PathOf(ParseResult arguments);

    protected abstract string?[] Row(T item);

    protected virtual int Limit(ParseResult arguments) => int.MaxValue;

    private async Task<int> ShowAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string path = PathOf(arguments);
        int limit = Limit(arguments);
        using BrokerClient client = BrokerClient.SignedIn();
        IReadOnlyList<BrokerAnswer> pages = await client.GetAllAsync(path, _type, limit, cancellationToken);
        if (WantsJson(arguments))
        {
            Terminal.Raw(Json.RenderPages(pages, limit));
            return ExitCode.Done;
        }

        Table table = new(_columns);
        foreach (T item in pages.SelectMany(page => page.Read(_type).Items).Take(limit))
            table.Add(Row(item));
        Terminal.Raw(table.Render());
        return ExitCode.Done;
    }
}
