using SshFunctions.Core.Journal;

namespace SshFunctions.Core.Notifications;

/// <summary>Who is told of what. Where it goes, and the secret that signs it, only the sender knows.</summary>
/// <param name="Name">Unique.</param>
/// <param name="Selection">Of which entries.</param>
/// <param name="Format">How.</param>
public sealed record NotificationSubscription(string Name, JournalSelection Selection, NotificationFormat Format)
{
    /// <summary>What is worth a message when nobody says otherwise.</summary>
    public static IReadOnlyList<string> UsualKinds { get; } =
    [
        "access-request.*", "access-rule.*", "host.alarm", "session.unexplained", "private-key.received", "access.revoked", "revocation-list.given-up",
        "signing-key.*", "key.expiring", "token.expiring", "ticket.refused", "notification.given-up",
    ];

    /// <summary>Those of <see cref="UsualKinds"/> that fit a kind there is.</summary>
    public static IEnumerable<string> KnownUsualKinds => UsualKinds.Where(pattern =>
        JournalSelection.TryCreate([pattern], Resources.ResourcePath.Root, out _, out _));

    /// <summary>Whether it is told of an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>
    /// Whether the selection fits. Never of its own undeliverable notifications, and nobody of an undeliverable notification about an
    /// undeliverable one: else two receivers that are away would be told of each other for ever.
    /// </returns>
    public bool Wants(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Selection.Fits(entry)
            && !(entry.Event is JournalEvent.NotificationGivenUp lost && (lost.Subscription == Name || lost.EntryKind == lost.Kind));
    }
}
