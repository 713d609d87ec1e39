using Azure.Core.Pipeline;
using SshFunctions.Azure.Storage;
using SshFunctions.Azure.Tables;
using SshFunctions.Core.Ports;
using SshFunctions.Support.Azurite;
using SshFunctions.Support.Store;

namespace SshFunctions.Store.Tests.Tables;

/// <summary>On the emulator over TLS, by an identity's token.</summary>
public sealed class TablesStoreTokenContractTests : StoreContract, IDisposable
{
    private readonly List<HttpClient> _clients = [];

    public void Dispose() => _clients.ForEach(client => client.Dispose());

    protected override async Task<IStore> OpenAsync()
    {
        AzuriteProcess azurite = await AzuriteProcess.SharedWithTokensAsync();
        _clients.Add(TrustedHttp.NewClient(azurite.AuthorityFile!));
        StorageOptions options = TestTables.Patient with { Transport = new HttpClientTransport(_clients[^1]) };
        return await TablesStore.OpenAsync(
            azurite.TakeAccount().TablesUrl, new StorageCredential.Token(new FixedTokenCredential()), options, CancellationToken.None);
    }
}
