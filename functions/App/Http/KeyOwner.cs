using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Whose keys a caller may touch: its own, those of a group it belongs to, and everybody's as an admin.</summary>
internal static class KeyOwner
{
    public static async Task<Result<Holder>> RequireAsync(
        Caller caller, string? owner, Authority authority, CancellationToken cancellationToken)
    {
        if (owner is null) return Holder.Of(caller.Subject);
        if (!TryParse(owner, out Holder whose))
            return new Refusal.Invalid("owner", "the owner is not allowed", $"give a subject, or group=NAME; {Subject.Rule}");
        if (Holder.Of(caller).Contains(whose)) return whose;
        Result<Role> role = await authority.RequireAsync(caller, ResourcePath.Root, Right.ManageTokens, cancellationToken);
        return role.Try(out _, out _)
            ? whose
            : new Refusal.Denied($"{caller.Subject} is not {whose}, nor in such a group", "name yourself or one of your groups: sshfn whoami");
    }

    /// <summary>A bare text is a subject; a group is always named as one, because both have the same alphabet.</summary>
    private static bool TryParse(string text, out Holder holder)
    {
        if (Holder.TryParse(text, null, out holder)) return true;
        if (!Subject.TryParse(text, null, out Subject subject)) return false;
        holder = Holder.Of(subject);
        return true;
    }
}
