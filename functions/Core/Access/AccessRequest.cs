using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;

namespace SshFunctions.Core.Access;

/// <summary>Who wants which access, for how long and why, and what became of it. This document is the truth; its grant is only there with it.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Order">What is wanted.</param>
/// <param name="OpenedBy">Who opened it: the requester, or the broker for a ticket.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="Opened">UTC.</param>
/// <param name="Until">UTC, exclusive: when it expires unless it is decided, or given, before.</param>
/// <param name="ApprovalsNeeded">By the rule that was in force when it was last looked at; 0 when the rule itself approved.</param>
/// <param name="Approvals">Those so far.</param>
public sealed record AccessRequest(
    AccessRequestId Id,
    AccessRequestOrder Order,
    Subject OpenedBy,
    AccessRequestState State,
    DateTimeOffset Opened,
    DateTimeOffset Until,
    int ApprovalsNeeded,
    ImmutableArray<AccessApproval> Approvals)
{
    /// <summary>Whether it was an emergency that nobody approved.</summary>
    public bool BreakGlass { get; init; }

    /// <summary>Who looked into the emergency; null while nobody has.</summary>
    public AccessReview? Review { get; init; }

    /// <summary>UTC; when the access was given. Null while it was not.</summary>
    public DateTimeOffset? Activated { get; init; }

    /// <summary>UTC, exclusive: the end of the access. Null while it was not given.</summary>
    public DateTimeOffset? Ends { get; init; }

    /// <summary>More time that is asked for; null for none.</summary>
    public AccessExtension? Extension { get; init; }

    /// <summary>How it ends, or ended; null while it does not.</summary>
    public AccessEnding? Ending { get; init; }

    /// <summary>Why the access could not be given so far; null when nothing went wrong.</summary>
    public string? Failure { get; init; }

    /// <summary>Whether nothing happens to it any more, but a review.</summary>
    [JsonIgnore]
    public bool IsFinal => State is AccessRequestState.Denied or AccessRequestState.Expired or AccessRequestState.Closed;

    /// <summary>Whether it was an emergency that nobody has looked into.</summary>
    [JsonIgnore]
    public bool NeedsReview => BreakGlass && Review is null;

    /// <summary>The grant that is there because of it now; null when there is none.</summary>
    [JsonIgnore]
    public Grant? Grant => State == AccessRequestState.Active && Ending is null && Activated is { } start && Ends is { } end ? GrantOf(start, end) : null;

    /// <summary>The grant that it gives for a time.</summary>
    /// <param name="start">UTC, inclusive.</param>
    /// <param name="end">UTC, exclusive.</param>
    /// <returns>The grant.</returns>
    internal Grant GrantOf(DateTimeOffset start, DateTimeOffset end) => new(
        Id.Grant, Order.Path, Order.GivenRole, Holder.Of(Order.Requester), Order.Logins, null, null, Order.Permissions, start, end)
    {
        SftpFolder = Order.SftpFolder,
        Request = Id,
    };
}
