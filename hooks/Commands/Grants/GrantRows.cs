using SshFunctions.Api;
using SshFunctions.Hooks.Commands.Tree;
using SshFunctions.Hooks.Display;

namespace SshFunctions.Hooks.Commands.Grants;

/// <summary>The members of a grant as people read them.</summary>
internal static class GrantRows
{
    internal static (string, string?)[] Of(GrantResponse grant) =>
    [
        ("id", grant.Id), ("path", grant.Path), ("role", grant.Role), ("for", Holder(grant)), ("logins", Logins(grant)),
        ("max life", TreeRows.Seconds(grant.MaximumLifetimeSeconds)),
        ("sources", grant.SourceAddresses is { } sources ? string.Join(' ', sources) : "anywhere"),
        ("permissions", string.Join(' ', grant.Permissions)),
        ("not before", Moment.Text(grant.NotBefore)), ("not after", Moment.Text(grant.NotAfter)),
        .. grant.ForwardTargets is { Count: > 0 } targets ? [("forwards to", string.Join(' ', targets))] : Array.Empty<(string, string?)>(),
        .. grant.SftpFolder is { Length: > 0 } folder ? [("sftp only in", folder)] : Array.Empty<(string, string?)>(),
        .. grant.Request is { } request ? [("request", request)] : Array.Empty<(string, string?)>(),
        .. grant.SingleUse ? [("use", "once for each certificate")] : Array.Empty<(string, string?)>(),
    ];

    internal static string Holder(GrantResponse grant) => grant.Subject ?? $"group {grant.Group}";

    internal static string Logins(GrantResponse grant) => grant.Logins is { } logins ? string.Join(' ', logins) : "all";
}
