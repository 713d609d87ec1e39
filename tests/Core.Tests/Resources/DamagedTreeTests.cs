using System.Text;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Support.Store;

namespace SshFunctions.Core.Tests.Resources;

public sealed class DamagedTreeTests
{
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"path\":\"acme")]
    [InlineData("\0\0\0\0")]
    public async Task A_document_that_was_damaged_counts_as_a_store_that_is_away_and_is_named(string body)
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        InMemoryStore store = broker.Store;
        StoredDocument project = (await store.ListAsync("tree", RowRange.All, default)).Documents.First(document => Encoding.UTF8.GetString(document.Body.Span).Contains("\"acme\"", StringComparison.Ordinal));
        Assert.IsType<CommitResult.Committed>(
            await store.CommitAsync(project.Key.Partition, [new DocumentChange.Replace(project.Key.Row, Encoding.UTF8.GetBytes(body), project.Version)], default));
        await using var next = new Broker(store.Copy(), broker.Clock, "next", broker);
        var away = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await next.Tree.FindProjectAsync(ResourcePath.Parse("acme"), default));
        Assert.Contains("a stored Project can't be read", away.Message, StringComparison.Ordinal);
    }
}
