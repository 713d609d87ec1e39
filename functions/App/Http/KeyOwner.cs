using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Whose keys a caller may touch: its own, those of a group it belongs to, and everybody's as an admin.</summary>
internal static class KeyOwner
{
    public static async Task<Result<Subject>> RequireAsync(
        Caller caller, string? owner, Authority authority, CancellationToken cancellationToken)
    {
        if (owner is null) return caller.Subject;
        if (!Subject.TryParse(owner, null, out Subject whose)) return new Refusal.Invalid("owner", "the owner is not allowed", Subject.Rule);
        if (whose == caller.Subject || caller.Groups.Any(group => group.Text == owner)) return whose;
        Result<Role> role = await authority.RequireAsync(caller, ResourcePath.Root, Right.ManageTokens, cancellationToken);
        return role.Try(out _, out _)
            ? whose
            : new Refusal.Denied(
                $"{caller.Subject} is neither {whose} nor in a group of that name", "name yourself or one of your groups: sshfn whoami");
    }
}
