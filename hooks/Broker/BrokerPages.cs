using System.Text.Json.Serialization.Metadata;
using SshFunctions.Api;

namespace SshFunctions.Hooks.Broker;

/// <summary>Lists that come in pages.</summary>
internal static class BrokerPages
{
    // Far more than any broker holds; one that goes on and on is not let to.
    private const int MostPages = 2000;
    private const int MostBytes = 64 * 1024 * 1024;

    /// <summary>Every page of a list, until its end or <paramref name="limit"/> items.</summary>
    internal static async Task<IReadOnlyList<BrokerAnswer>> GetAllAsync<T>(
        this BrokerClient client, string path, JsonTypeInfo<Page<T>> type, int limit, CancellationToken cancellationToken)
    {
        List<BrokerAnswer> answers = [];
        string? after = null;
        int count = 0;
        long bytes = 0;
        do
        {
            string query = after is null ? path : path + (path.Contains('?') ? '&' : '?') + "after=" + Uri.EscapeDataString(after);
            BrokerAnswer answer = await client.GetAsync(query, cancellationToken);
            answers.Add(answer);
            bytes += answer.Content.Length;
            if (answers.Count > MostPages || bytes > MostBytes)
                throw new CommandFailedException(ExitCode.Failed, "the broker's list does not come to an end", "narrow it with the command's filters, when it has some");
            Page<T> page = answer.Read(type);
            count += page.Items.Count;
            // A page that leads to itself would never end.
            after = page.Next == after ? null : page.Next;
        }
        while (after is not null && count < limit);
        return answers;
    }
}
