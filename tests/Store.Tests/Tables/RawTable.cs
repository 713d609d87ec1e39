using System.Text.Json;
using Azure.Core;
using SshFunctions.Azure.Storage;
using SshFunctions.Azure.Tables;
using SshFunctions.Support.Azurite;

namespace SshFunctions.Store.Tests.Tables;

/// <summary>What lies in the table, documents or not.</summary>
internal static class RawTable
{
    /// <summary>Rows of every partition, in order; up to 1000.</summary>
    public static async Task<IReadOnlyList<string>> RowsAsync(AzuriteAccount account)
    {
        StorageAnswer answer = await SendAsync(account, RequestMethod.Get, "()");
        using JsonDocument json = JsonDocument.Parse(answer.Body);
        return [.. json.RootElement.GetProperty("value").EnumerateArray().Select(entity => entity.GetProperty("RowKey").GetString()!)];
    }

    /// <summary>Deletes one, whatever it is.</summary>
    public static Task DeleteAsync(AzuriteAccount account, string partition, string row) =>
        SendAsync(account, RequestMethod.Delete, $"(PartitionKey='{partition}',RowKey='{Uri.EscapeDataString(row)}')");

    private static async Task<StorageAnswer> SendAsync(AzuriteAccount account, RequestMethod method, string what)
    {
        StorageCredential credential = StorageCredential.ForAccount(account.TablesUrl, account.Key);
        StorageOptions options = TestTables.Patient;
        var client = new StorageClient(
            StoragePipeline.Build(account.TablesUrl, credential, key => new TablesKeyPolicy(key, options.Clock), options), options);
        using StorageCall call = client.Begin(CancellationToken.None);
        StorageAnswer answer = await call.SendAsync(request =>
        {
            request.Method = method;
            request.Uri.Reset(new Uri($"{account.TablesUrl.ToString().TrimEnd('/')}/{TablesStore.DefaultTable}{what}"));
            request.Headers.SetValue("Accept", TableRequests.NoMetadata);
            if (method == RequestMethod.Delete) request.Headers.SetValue("If-Match", "*");
        });
        return answer.IsSuccess ? answer : throw answer.Unexpected("a test");
    }
}
