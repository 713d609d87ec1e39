using SshFunctions.Api;
using SshFunctions.Core.Keys;

namespace SshFunctions.App.Http.Contract;

/// <summary>Registered keys that may enter, as the API writes them.</summary>
internal static class AuthorizedKeyContract
{
    public static AuthorizedKey Of(EnteringKey entering) => new(
        entering.Key.PublicKey,
        entering.Login.Text,
        entering.Key.Owner.Subject?.Text ?? entering.Key.Owner.ToString(),
        entering.Grant.Text,
        [.. entering.Limits.Permissions.Select(GrantContract.WordOf)],
        entering.Limits.ForwardTargets?.Select(target => target.ToString()).ToArray(),
        entering.Limits.SftpFolder?.Text,
        entering.Limits.ForcedCommand?.Text,
        entering.Limits.SourceAddresses?.Select(range => range.Text).ToArray(),
        entering.NotAfter);
}
