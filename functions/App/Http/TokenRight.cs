using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Which access tokens a caller may have made: as much as it is itself, or anything as an admin.</summary>
internal static class TokenRight
{
    /// <summary>The order as far as the caller may give it.</summary>
    public static async Task<Result<AccessTokenOrder>> BoundAsync(
        Caller caller, AccessTokenOrder order, Authority authority, CancellationToken cancellationToken)
    {
        Result<Role> admin = await authority.RequireAsync(caller, ResourcePath.Root, Right.ManageTokens, cancellationToken);
        if (admin.Succeeded) return order;
        if (order.Subject != caller.Subject || order.Groups.Except(caller.Groups).Any() || order.Kind != caller.Kind)
        {
            return new Refusal.Denied(
                "only an admin creates a token for somebody else, of another kind or with further groups", "leave subject, kind and groups out");
        }

        if (order.UserName is not null && order.UserName != caller.UserName)
            return new Refusal.Denied("only an admin gives a token another user name than its maker's", "leave userName out");
        // A token that outlived the one that made it would make every token eternal.
        return caller.Expires < order.Expires ? order with { Expires = caller.Expires.Value } : order;
    }
}
