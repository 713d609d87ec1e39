using Azure.Core.Pipeline;
using SshFunctions.Azure.Queues;
using SshFunctions.Azure.Storage;
using SshFunctions.Core.Ports;
using SshFunctions.Store.Tests.Tables;
using SshFunctions.Support.Azurite;
using SshFunctions.Support.Http;

namespace SshFunctions.Store.Tests.Queues;

public sealed class StorageQueueSenderTests
{
    private const int TimeoutMilliseconds = 60_000;
    private const string Queue = "revocations";

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Sends_by_an_identitys_token()
    {
        AzuriteProcess azurite = await AzuriteProcess.SharedWithTokensAsync();
        AzuriteAccount account = azurite.TakeAccount();
        using HttpClient http = TrustedHttp.NewClient(azurite.AuthorityFile!);
        StorageOptions options = TestTables.Patient with { Transport = new HttpClientTransport(http) };
        var sender = new StorageQueueSender(account.QueuesUrl, new StorageCredential.Token(new FixedTokenCredential()), options);

        await sender.SendAsync(Queue, "{}"u8.ToArray(), CancellationToken.None);

        var receiver = new QueueReceiver(account.QueuesUrl, StorageCredential.ForAccount(account.QueuesUrl, account.Key), options);
        Assert.Equal(["{}"], await receiver.PeekAsync(Queue));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Sends_through_faults_at_least_once()
    {
        AzuriteAccount account = (await AzuriteProcess.SharedAsync()).TakeAccount();
        await using FaultyStorage faulty = FaultyStorage.Start(account.QueuesUrl);
        StorageCredential credential = StorageCredential.ForAccount(account.QueuesUrl, account.Key);
        var sender = new StorageQueueSender(faulty.Url, credential, TestTables.Patient);
        faulty.Plan(
            new StorageFault.CutRequest(), new StorageFault.Busy(), new StorageFault.None(), new StorageFault.LoseAnswer(), new StorageFault.None(),
            new StorageFault.FailAfterwards());

        await sender.SendAsync(Queue, "{}"u8.ToArray(), CancellationToken.None);

        Assert.Equal(["{}"], await new QueueReceiver(account.QueuesUrl, credential, TestTables.Patient).PeekAsync(Queue));
    }

    [Fact(Timeout = TimeoutMilliseconds)]
    public async Task Is_unavailable_in_bounded_time_while_storage_hangs()
    {
        using var silent = new SilentServer();
        var url = new Uri(silent.Address + "/account");
        var hasty = new StorageOptions { Patience = new StoragePatience(TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(500)) };
        var sender = new StorageQueueSender(url, StorageCredential.ForAccount(url, Convert.ToBase64String(new byte[64])), hasty);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await sender.SendAsync(Queue, "{}"u8.ToArray(), CancellationToken.None));
    }
}
