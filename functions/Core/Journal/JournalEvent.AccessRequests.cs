using System.Collections.Immutable;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Journal;

public abstract partial record JournalEvent
{
    /// <summary>Somebody asked for access.</summary>
    /// <param name="Request">The request.</param>
    /// <param name="Path">Where.</param>
    /// <param name="Requester">For whom.</param>
    /// <param name="Role">What it gives.</param>
    /// <param name="Logins">Unix accounts; null for every login.</param>
    /// <param name="SftpFolder">File transfer in this folder and nothing else; null for no such limit.</param>
    /// <param name="Permissions">What a session may do.</param>
    /// <param name="Duration">How long, counted from when the access is given.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Ticket">The ticket it belongs to; null for none.</param>
    /// <param name="Key">Fingerprint of the public key that was attached; null for none.</param>
    /// <param name="ApprovalsNeeded">How many must say yes; 0 when it is approved by itself.</param>
    /// <param name="Until">UTC, exclusive: when it expires undecided.</param>
    public sealed record AccessRequestOpened(
        AccessRequestId Request,
        ResourcePath Path,
        Subject Requester,
        Role Role,
        ImmutableArray<LoginRule>? Logins,
        SftpFolder? SftpFolder,
        ImmutableArray<Permission> Permissions,
        TimeSpan Duration,
        string Reason,
        TicketReference? Ticket,
        string? Key,
        int ApprovalsNeeded,
        DateTimeOffset Until) : JournalEvent
    {
        private protected override ResourcePath? Place => Path;

        private protected override AccessRequestId? ConcernedRequest => Request;
    }

    /// <summary>An approver said yes.</summary>
    /// <param name="Request">The request.</param>
    /// <param name="Path">Where.</param>
    /// <param name="Requester">For whom.</param>
    /// <param name="Count">How many have said yes with this one.</param>
    /// <param name="Needed">How many must.</param>
    /// <param name="Extension">Whether it was about more time for an active request.</param>
    /// <param name="Comment">What was said to it; null for nothing.</param>
    public sealed record AccessRequestApproved(
        AccessRequestId Request, ResourcePath Path, Subject Requester, int Count, int Needed, bool Extension, string? Comment) : JournalEvent
    {
        private protected override ResourcePath? Place => Path;

        private protected override AccessRequestId? ConcernedRequest => Request;
    }

    /// <summary>An approver said no.</summary>
    /// <param name="Request">The request.</param>
    /// <param name="Path">Where.</param>
    /// <param name="Requester">For whom.</param>
    /// <param name="Extension">Whether it was about more time for an active request, which stays active.</param>
    /// <param name="Comment">What was said to it; null for nothing.</param>
    public sealed record AccessRequestDenied(
        AccessRequestId Request, ResourcePath Path, Subject Requester, bool Extension, string? Comment) : JournalEvent
    {
        private protected override ResourcePath? Place => Path;

        private protected override AccessRequestId? ConcernedRequest => Request;
    }

    /// <summary>A rule approved a request, and nobody else had to.</summary>
    /// <param name="Request">The request.</param>
    /// <param name="Path">Where.</param>
    /// <param name="Requester">For whom.</param>
    /// <param name="Rule">The rule's path.</param>
    /// <param name="Extension">Whether it was about more time for an active request.</param>
    public sealed record AccessRequestAutoApproved(
        AccessRequestId Request, ResourcePath Path, Subject Requester, ResourcePath Rule, bool Extension) : JournalEvent
    {
        private protected override ResourcePath? Place => Path;

        private protected override AccessRequestId? ConcernedRequest => Request;
    }

    /// <summary>Somebody broke the glass: access without an approval, to be looked into afterwards.</summary>
    /// <param name="Request">The request.</param>
    /// <param name="Path">Where.</param>
    /// <param name="Requester">For whom.</param>
    /// <param name="Rule">The path of the rule that allows it.</param>
    /// <param name="Reason">Why.</param>
    public sealed record AccessRequestGlassBroken(
        AccessRequestId Request, ResourcePath Path, Subject Requester, ResourcePath Rule, string Reason) : JournalEvent
    {
        private protected override ResourcePath? Place => Path;

        private protected override AccessRequestId? ConcernedRequest => Request;
    }

    /// <summary>The grant of a request was made.</summary>
    /// <param name="Request">The request.</param>
    /// <param name="Path">Where.</param>
    /// <param name="Requester">For whom.</param>
    /// <param name="Grant">The grant.</param>
    /// <param name="Ends">UTC, exclusive: its end.</param>
    public sealed record AccessRequestActivated(
        AccessRequestId Request, ResourcePath Path, Subject Requester, string Grant, DateTimeOffset Ends) : JournalEvent
    {
        private protected override ResourcePath? Place => Path;

        private protected override AccessRequestId? ConcernedRequest => Request;
    }

    /// <summary>The requester asked for more time.</summary>
    /// <param name="Request">The request.</param>
    /// <param name="Path">Where.</param>
    /// <param name="Requester">For whom.</param>
    /// <param name="Ends">UTC, exclusive: the end that is wanted.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="ApprovalsNeeded">How many must say yes; 0 when it is approved by itself.</param>
    public sealed record AccessRequestExtensionAsked(
        AccessRequestId Request, ResourcePath Path, Subject Requester, DateTimeOffset Ends, string Reason, int ApprovalsNeeded) : JournalEvent
    {
        private protected override ResourcePath? Place => Path;

        private protected override AccessRequestId? ConcernedRequest => Request;
    }

    /// <summary>An active request got more time.</summary>
    /// <param name="Request">The request.</param>
    /// <param name="Path">Where.</param>
    /// <param name="Requester">For whom.</param>
    /// <param name="Ends">UTC, exclusive: its new end.</param>
    public sealed record AccessRequestExtended(
        AccessRequestId Request, ResourcePath Path, Subject Requester, DateTimeOffset Ends) : JournalEvent
    {
        private protected override ResourcePath? Place => Path;

        private protected override AccessRequestId? ConcernedRequest => Request;
    }

    /// <summary>A request was closed: its grant, if there was one, is gone.</summary>
    /// <param name="Request">The request.</param>
    /// <param name="Path">Where.</param>
    /// <param name="Requester">For whom.</param>
    /// <param name="Cause">What ended it.</param>
    /// <param name="Reason">In the words of who closed it; null for none.</param>
    public sealed record AccessRequestClosed(
        AccessRequestId Request, ResourcePath Path, Subject Requester, AccessEndingCause Cause, string? Reason) : JournalEvent
    {
        private protected override ResourcePath? Place => Path;

        private protected override AccessRequestId? ConcernedRequest => Request;
    }

    /// <summary>A request expired before it gave anything.</summary>
    /// <param name="Request">The request.</param>
    /// <param name="Path">Where.</param>
    /// <param name="Requester">For whom.</param>
    public sealed record AccessRequestExpired(AccessRequestId Request, ResourcePath Path, Subject Requester) : JournalEvent
    {
        private protected override ResourcePath? Place => Path;

        private protected override AccessRequestId? ConcernedRequest => Request;
    }

    /// <summary>The access of an approved request could not be given.</summary>
    /// <param name="Request">The request.</param>
    /// <param name="Path">Where.</param>
    /// <param name="Requester">For whom.</param>
    /// <param name="Reason">Why.</param>
    public sealed record AccessRequestFailed(AccessRequestId Request, ResourcePath Path, Subject Requester, string Reason) : JournalEvent
    {
        private protected override ResourcePath? Place => Path;

        private protected override AccessRequestId? ConcernedRequest => Request;
    }

    /// <summary>Somebody looked into an emergency afterwards.</summary>
    /// <param name="Request">The request.</param>
    /// <param name="Path">Where.</param>
    /// <param name="Requester">Who broke the glass.</param>
    /// <param name="Note">What was found.</param>
    public sealed record AccessRequestReviewed(AccessRequestId Request, ResourcePath Path, Subject Requester, string Note) : JournalEvent
    {
        private protected override ResourcePath? Place => Path;

        private protected override AccessRequestId? ConcernedRequest => Request;
    }

    /// <summary>A rule of access requests was made or changed.</summary>
    /// <param name="Rule">As it is from now on.</param>
    public sealed record AccessRulePut(AccessRule Rule) : JournalEvent
    {
        private protected override ResourcePath? Place => Rule.Path;
    }

    /// <summary>A rule of access requests was removed.</summary>
    /// <param name="Path">Where it held.</param>
    public sealed record AccessRuleRemoved(ResourcePath Path) : JournalEvent
    {
        private protected override ResourcePath? Place => Path;
    }
}
