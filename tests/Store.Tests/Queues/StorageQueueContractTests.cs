using SshFunctions.Azure.Queues;
using SshFunctions.Azure.Storage;
using SshFunctions.Core.Ports;
using SshFunctions.Store.Tests.Tables;
using SshFunctions.Support.Azurite;
using SshFunctions.Support.Queue;

namespace SshFunctions.Store.Tests.Queues;

/// <summary>On the emulator, signed by the account's key.</summary>
public sealed class StorageQueueContractTests : QueueContract
{
    private QueueReceiver? _receiver;

    protected override async Task<IMessageQueue> OpenAsync()
    {
        AzuriteAccount account = (await AzuriteProcess.SharedAsync()).TakeAccount();
        StorageCredential credential = StorageCredential.ForAccount(account.QueuesUrl, account.Key);
        _receiver = new QueueReceiver(account.QueuesUrl, credential, TestTables.Patient);
        return new StorageQueueSender(account.QueuesUrl, credential, TestTables.Patient);
    }

    protected override Task<bool> DeliverAsync(string queue, Func<string, Task<bool>> handle) => _receiver!.DeliverAsync(queue, handle);

    protected override Task PassVisibilityAsync() => _receiver!.ShowAsync();

    protected override Task<IReadOnlyList<string>> ListPutAsideAsync(string queue) => _receiver!.PeekAsync(queue + "-poison");
}
