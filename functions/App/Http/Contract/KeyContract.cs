using SshFunctions.Api;
using SshFunctions.Core.Keys;

namespace SshFunctions.App.Http.Contract;

/// <summary>Registered keys as the API writes them.</summary>
internal static class KeyContract
{
    public static RegisteredKeyResponse Of(RegisteredKey key) =>
        new(key.Id, key.Owner.Subject?.Text ?? key.Owner.ToString(), key.Name, key.PublicKey, key.Fingerprint, key.Created, key.Expires);
}
