using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Hosts;

public sealed partial class EnrollmentTokenRegistry
{
    /// <summary>Forgets every token that looks unused: after a restore nobody knows whether it was used. Only where no broker is alive.</summary>
    internal static async Task ForgetUnusedAsync(IStore store, CancellationToken cancellationToken)
    {
        OwnedDocuments<EnrollmentToken> tokens = DocumentsIn(store);
        EnrollmentToken[] unused = await tokens.ListAsync(null, null, cancellationToken).Where(token => token.Host is null).ToArrayAsync(cancellationToken);
        foreach (EnrollmentToken token in unused)
        {
            if (!await tokens.TryRemoveAsync(token, cancellationToken))
                throw new StoreUnavailableException($"enrollment token {token.Id} was changed by somebody else while the store was restored");
        }
    }

    private static OwnedDocuments<EnrollmentToken> DocumentsIn(IStore store) =>
        new(store, HostRegistry.Partition, "t:", "u:", CoreJson.Default.EnrollmentToken, token => token.Id, token => token.Resource.Text);
}
