using System.Collections.Frozen;

namespace SshFunctions.Core.Notifications;

/// <summary>What happened, in words; a kind that is not listed stands for itself.</summary>
internal static class NoticeTitles
{
    private static readonly FrozenDictionary<string, string> Titles = new Dictionary<string, string>
    {
        ["access-request.opened"] = "Access was requested",
        ["access-request.approved"] = "An access request was approved",
        ["access-request.denied"] = "An access request was denied",
        ["access-request.auto-approved"] = "An access request was approved by rule",
        ["access-request.glass-broken"] = "Emergency: somebody broke the glass",
        ["access-request.extension-asked"] = "More time was asked for",
        ["access-request.reviewed"] = "An emergency access was looked into",
        ["access-rule.put"] = "A rule of access requests was changed",
        ["access-rule.removed"] = "A rule of access requests was removed",
        ["access-request.activated"] = "Requested access is active",
        ["access-request.extended"] = "Requested access was extended",
        ["access-request.closed"] = "Requested access was closed",
        ["access-request.expired"] = "An access request expired",
        ["access-request.failed"] = "An access request could not be carried out",
        ["host.alarm"] = "Alarm of a host",
        ["session.unexplained"] = "Alarm: a login that nothing explains",
        ["private-key.received"] = "Somebody sent a private key",
        ["access.revoked"] = "Access was revoked",
        ["revocation-list.given-up"] = "The revocation list could not be published",
        ["signing-key.staged"] = "A new signing key was made",
        ["signing-key.published"] = "A new signing key was published to hosts",
        ["signing-key.activated"] = "A new signing key signs from now on",
        ["signing-key.retiring"] = "A signing key signs no more",
        ["signing-key.retired"] = "A signing key is trusted no more",
        ["signing-key.aborted"] = "A key rotation was taken back",
        ["signing-key.emergency"] = "Emergency rotation of a signing key",
        ["key.expiring"] = "A registered key expires soon",
        ["token.expiring"] = "An access token expires soon",
        ["ticket.refused"] = "A ticket was refused",
        ["notification.given-up"] = "A notification could not be delivered",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Of(string kind) => Titles.GetValueOrDefault(kind, kind);
}
