using System.Collections.Immutable;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using HostAddress = SshFunctions.Core.Resources.HostAddress;
using NamedService = SshFunctions.Core.Resources.NamedService;

namespace SshFunctions.App.Http.Contract;

/// <summary>Grants as the API reads and writes them.</summary>
internal static class GrantContract
{
    private const int MaximumSourceCount = 50;
    private const string TargetRule = "a target is host:port as the resource sees it, such as 127.0.0.1:5432; " + HostAddress.NameRule;

    private static readonly Dictionary<string, Role> Roles = new(StringComparer.Ordinal)
    {
        ["auditor"] = Role.Auditor,
        ["developer"] = Role.Developer,
        ["manager"] = Role.Manager,
        ["admin"] = Role.Admin,
    };

    private static readonly Dictionary<string, Permission> Permissions = new(StringComparer.Ordinal)
    {
        ["pty"] = Permission.Pty,
        ["port-forwarding"] = Permission.PortForwarding,
        ["agent-forwarding"] = Permission.AgentForwarding,
        ["x11-forwarding"] = Permission.X11Forwarding,
        ["user-rc"] = Permission.UserRc,
    };

    public static Result<Grant> ToGrant(GrantId id, GrantRequest request)
    {
        if (!Fields.Parse<ResourcePath>(request.Path, "path", ResourcePath.Rule).Try(out ResourcePath path, out Refusal? refusal)
            || !Fields.Choose(request.Role, "role", Roles).Try(out Role role, out refusal)
            || !HolderOf(request).Try(out Holder holder, out refusal)
            || !PermissionsOf(request.Permissions).Try(out ImmutableArray<Permission> permissions, out refusal)
            || !OptionalAll<LoginRule>(request.Logins, "logins", LoginRule.Rule, ResourceTree.MaximumLoginCount).Try(out Optional<LoginRule>? logins, out refusal)
            || !OptionalAll<HostAddress>(request.ForwardTargets, "forwardTargets", TargetRule, NamedService.MaximumCount).Try(out Optional<HostAddress>? targets, out refusal)
            || !OptionalAll<SourceRange>(request.SourceAddresses, "sourceAddresses", SourceRange.Rule, MaximumSourceCount)
                .Try(out Optional<SourceRange>? sources, out refusal))
            return refusal;
        refusal = Fields.FaultOfSeconds(
            request.MaximumLifetimeSeconds,
            "maximumLifetimeSeconds",
            CertificateLimits.MinimumLifetime,
            CertificateLimits.LongestMaximumLifetime);
        if (refusal is not null) return refusal;
        if (request.NotAfter <= request.NotBefore)
            return new Refusal.Invalid("notAfter", "the grant would end before it begins", "give a time after notBefore");
        SftpFolder? folder = null;
        if (request.SftpFolder is { } text)
        {
            if (!Fields.Parse<SftpFolder>(text, "sftpFolder", SftpFolder.Rule).Try(out SftpFolder given, out refusal)) return refusal;
            folder = given;
        }

        if (targets.Values is not null && !permissions.Contains(Permission.PortForwarding))
            return new Refusal.Invalid("forwardTargets", "the grant names targets of port forwarding and does not permit it", "add port-forwarding to permissions");
        TimeSpan? life = request.MaximumLifetimeSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        return new Grant(
            id, path, role, holder, logins.Values, life, sources.Values, permissions, Utc(request.NotBefore), Utc(request.NotAfter))
        {
            ForwardTargets = targets.Values,
            SftpFolder = folder,
            SingleUse = request.SingleUse ?? false,
        };
    }

    public static GrantResponse Of(Grant grant) => new(
        grant.Id.Text,
        grant.Path.Text,
        WordOf(grant.Role),
        grant.Holder.Subject?.Text,
        grant.Holder.Group?.Text,
        grant.Logins?.Select(rule => rule.ToString()).ToArray(),
        grant.MaximumLifetime is { } life ? (int)life.TotalSeconds : null,
        grant.SourceAddresses?.Select(range => range.Text).ToArray(),
        [.. grant.Permissions.Select(WordOf)],
        grant.NotBefore,
        grant.NotAfter,
        grant.ForwardTargets?.Select(target => target.ToString()).ToArray(),
        grant.SftpFolder?.Text,
        grant.SingleUse,
        grant.Request?.Text);

    public static Result<Role> RoleOf(string word, string field) => Fields.Choose(word, field, Roles);

    public static string WordOf(Role role) => Roles.Single(word => word.Value == role).Key;

    public static string WordOf(Permission permission) => Permissions.Single(word => word.Value == permission).Key;

    private static Result<Holder> HolderOf(GrantRequest request) => (request.Subject, request.Group) switch
    {
        (null, null) => new Refusal.Invalid("subject", "a grant needs a holder", "give subject or group"),
        (not null, not null) => new Refusal.Invalid("subject", "a grant has one holder", "give subject or group, not both"),
        ({ } subject, _) => Fields.Parse<Subject>(subject, "subject", Subject.Rule).Try(out Subject who, out Refusal? refusal)
            ? Holder.Of(who)
            : refusal,
        (_, { } group) => Fields.Parse<GroupName>(group, "group", GroupName.Rule).Try(out GroupName which, out Refusal? refusal)
            ? Holder.Of(which)
            : refusal,
    };

    public static Result<ImmutableArray<Permission>> PermissionsOf(IReadOnlyList<string>? words)
    {
        ImmutableArray<Permission>.Builder permissions = ImmutableArray.CreateBuilder<Permission>();
        foreach (string word in words ?? ["pty"])
        {
            if (!Fields.Choose(word, "permissions", Permissions).Try(out Permission permission, out Refusal? refusal)) return refusal;
            if (!permissions.Contains(permission)) permissions.Add(permission);
        }

        return permissions.ToImmutable();
    }

    private static Result<Optional<T>> OptionalAll<T>(IReadOnlyList<string>? texts, string field, string rule, int most)
        where T : struct, IParsable<T>
    {
        if (texts is null) return new Optional<T>(null);
        if (texts.Count is 0 || texts.Count > most)
            return new Refusal.Invalid(field, $"there are {texts.Count} of them", $"give 1 to {most}, or leave {field} out for no limit");
        return Fields.ParseAll<T>(texts, field, rule).Try(out ImmutableArray<T> values, out Refusal? refusal)
            ? new Optional<T>(values)
            : refusal;
    }

    private static DateTimeOffset? Utc(DateTimeOffset? time) => time?.ToUniversalTime();

    /// <summary>A list that may be absent; <see cref="Result{T}"/> holds no null.</summary>
    private sealed record Optional<T>(ImmutableArray<T>? Values);
}
