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
    private const int MoreTimes = 10;

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

    /// <summary>Columns that a line may take; null for as many as it needs.</summary>
    protected virtual int? Width => null;

    /// <summary>Tells people what the pages say beside their items.</summary>
    protected virtual void Remark(IReadOnlyList<BrokerAnswer> pages)
    {
    }

    private async Task<int> ShowAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string path = PathOf(arguments);
        int limit = Limit(arguments);
        using BrokerClient client = BrokerClient.SignedIn();
        IReadOnlyList<BrokerAnswer> pages = await client.GetAllAsync(path, _type, limit, cancellationToken);
        T[] items = [.. pages.SelectMany(page => page.Read(_type).Items)];
        Terminal.Raw(WantsJson(arguments) ? Json.RenderPages(pages, limit) : Render(items.Take(limit)));
        if (items.Length > limit || (items.Length == limit && pages[^1].Read(_type).Next is not null))
            Terminal.Hint($"more entries: --limit {Math.Min((long)limit * MoreTimes, int.MaxValue)}");
        Remark(pages);
        return ExitCode.Done;
    }

    private string Render(IEnumerable<T> items)
    {
        Table table = new(_columns);
        foreach (T item in items)
            table.Add(Row(item));
        return table.Render(Width);
    }
}
