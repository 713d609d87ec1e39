using SshFunctions.Api;
using SshFunctions.Core;

namespace SshFunctions.App.Hosting;

/// <summary>Answers that depend on how the domain decided.</summary>
internal static class Answers
{
    /// <summary>The value as its contract record, or the problem.</summary>
    public static IResult Of<T, TResponse>(Result<T> result, Func<T, TResponse> contract)
        where T : notnull =>
        result.Try(out T? value, out Refusal? refusal) ? Responses.Ok(contract(value)) : Problems.From(refusal);

    /// <summary>Nothing, or the problem.</summary>
    public static IResult Of(Result<Done> result) =>
        result.Try(out _, out Refusal? refusal) ? Responses.NoContent() : Problems.From(refusal);

    /// <summary>One page of a listing: reads one item more than it shows, to know whether there is a next.</summary>
    public static async Task<IResult> PageAsync<T, TResponse>(
        IAsyncEnumerable<T> items, int limit, Func<T, TResponse> contract, Func<T, string> cursor) =>
        Responses.Ok(await ReadPageAsync(items, limit, contract, cursor));

    /// <summary>The same, for an answer that says more than the page.</summary>
    public static async Task<Page<TResponse>> ReadPageAsync<T, TResponse>(
        IAsyncEnumerable<T> items, int limit, Func<T, TResponse> contract, Func<T, string> cursor)
    {
        var page = new List<T>();
        string? next = null;
        await foreach (T item in items)
        {
            if (page.Count == limit)
            {
                next = cursor(page[^1]);
                break;
            }

            page.Add(item);
        }

        return new Page<TResponse>([.. page.Select(contract)], next);
    }
}
