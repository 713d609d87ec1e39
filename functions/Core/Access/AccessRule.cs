using System.Collections.Immutable;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Access;

/// <summary>How access to a path and everything below it is requested. Of several rules the nearest one counts, as a whole.</summary>
/// <param name="Path">Where.</param>
/// <param name="Approvers">Who decides; empty for whoever has role manager on the path.</param>
/// <param name="ApprovalsNeeded">How many different ones must say yes; 1 to <see cref="MaximumApprovalCount"/>.</param>
/// <param name="LongestDuration">Longest access, extensions included.</param>
/// <param name="PendingLife">How long a request waits for its decision.</param>
public sealed record AccessRule(
    ResourcePath Path,
    ImmutableArray<Holder> Approvers,
    int ApprovalsNeeded,
    TimeSpan LongestDuration,
    TimeSpan PendingLife)
{
    /// <summary>Most approvals that a rule can demand.</summary>
    public const int MaximumApprovalCount = 5;

    /// <summary>Most holders, windows or shapes of one list.</summary>
    public const int MaximumListLength = 50;

    /// <summary>Longest duration that a rule can allow.</summary>
    public static TimeSpan MaximumDuration { get; } = TimeSpan.FromDays(30);

    /// <summary>Longest duration where no rule says another.</summary>
    public static TimeSpan DefaultDuration { get; } = TimeSpan.FromHours(8);

    /// <summary>How long a request waits where no rule says otherwise.</summary>
    public static TimeSpan DefaultPendingLife { get; } = TimeSpan.FromHours(24);

    /// <summary>Shortest wait for a decision.</summary>
    public static TimeSpan MinimumPendingLife { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Who may open a request; null for everybody.</summary>
    public ImmutableArray<Holder>? Requesters { get; init; }

    /// <summary>Which requests need no approver; null for none.</summary>
    public AutoApproval? AutoApproval { get; init; }

    /// <summary>Who may break the glass; empty for nobody.</summary>
    public ImmutableArray<Holder> BreakGlass { get; init; } = [];

    /// <summary>How wide a request may be; empty for any.</summary>
    public ImmutableArray<AccessShape> Shapes { get; init; } = [];

    /// <summary>Highest role that a request may ask for; never admin.</summary>
    public Role HighestRole { get; init; } = Role.Developer;

    /// <summary>The rule where nobody made one: one manager approves, at most <see cref="DefaultDuration"/>.</summary>
    /// <param name="path">Where.</param>
    /// <returns>The rule.</returns>
    public static AccessRule Default(ResourcePath path) => new(path, [], 1, DefaultDuration, DefaultPendingLife);

    /// <summary>Whether a caller may open a request.</summary>
    /// <param name="requester">Who gets the access.</param>
    /// <returns>Whether the rule lets them ask.</returns>
    public bool MayAsk(Caller requester) => Requesters is not { } holders || Names(holders, requester);

    /// <summary>What an order asks for that this rule does not give; null when it fits.</summary>
    internal Refusal.Invalid? FaultOf(AccessRequestOrder order)
    {
        if (order.Duration > LongestDuration)
            return new("durationSeconds", $"{order.Path} is given for at most {LongestDuration.TotalSeconds} seconds", "ask for less, and extend it when needed");
        if (order.GivenRole > HighestRole) return new("role", $"the rule of {order.Path} gives at most role {TextOf(HighestRole)}", "ask for that");
        return Shapes.IsEmpty || Shapes.Contains(order.Shape)
            ? null
            : new("role", $"the rule of {order.Path} does not give access of this shape", $"ask for one of: {string.Join(", ", Shapes.Select(TextOf))}");
    }

    /// <summary>Of some approvals those that this rule counts: of whom it names, or, when it names nobody, of managers.</summary>
    internal ImmutableArray<AccessApproval> Counted(ImmutableArray<AccessApproval> approvals) => [.. approvals.Where(approval => Approvers.IsEmpty
        ? approval.NamedAs.IsDefaultOrEmpty
        : !approval.NamedAs.IsDefault && approval.NamedAs.Any(holder => Approvers.Contains(holder)))];

    /// <summary>As whom this rule names a caller an approver; empty for a manager.</summary>
    internal ImmutableArray<Holder> NamesOf(Caller approver) => [.. Holder.Of(approver).Where(holder => Approvers.Contains(holder))];

    private static string TextOf(Role role) => role switch
    {
        Role.Auditor => "auditor",
        Role.Developer => "developer",
        Role.Manager => "manager",
        _ => "admin",
    };

    private static string TextOf(AccessShape shape) => shape switch
    {
        AccessShape.Role => "role",
        AccessShape.Logins => "logins",
        _ => "sftp folder",
    };

    /// <summary>Whether a caller is one of some holders, itself or by a group.</summary>
    internal static bool Names(ImmutableArray<Holder> holders, Caller caller) => Holder.Of(caller).Any(holder => holders.Contains(holder));
}
