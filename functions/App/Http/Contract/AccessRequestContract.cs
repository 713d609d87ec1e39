using System.Collections.Immutable;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.App.Http.Contract;

/// <summary>Access requests as the API reads and writes them.</summary>
internal static class AccessRequestContract
{
    public static readonly IReadOnlyDictionary<string, AccessRequestState> States = new Dictionary<string, AccessRequestState>(StringComparer.Ordinal)
    {
        ["pending"] = AccessRequestState.Pending,
        ["approved"] = AccessRequestState.Approved,
        ["active"] = AccessRequestState.Active,
        ["denied"] = AccessRequestState.Denied,
        ["expired"] = AccessRequestState.Expired,
        ["closed"] = AccessRequestState.Closed,
    };

    private const string ManualTicket = "manual";
    private static readonly TimeSpan DefaultDuration = TimeSpan.FromHours(1);

    /// <param name="request">The body.</param>
    /// <param name="requester">Who gets the access.</param>
    /// <param name="longest">Longest duration on a path.</param>
    public static async Task<Result<AccessRequestOrder>> ToOrderAsync(
        OpenAccessRequestRequest request, Subject requester, Func<ResourcePath, Task<TimeSpan>> longest)
    {
        if (!Fields.Parse<ResourcePath>(request.Path, "path", ResourcePath.Rule).Try(out ResourcePath path, out Refusal? refusal)
            || !GrantContract.RoleOf(request.Role ?? "developer", "role").Try(out Role role, out refusal)
            || !GrantContract.PermissionsOf(request.SftpFolder is null ? request.Permissions : request.Permissions ?? [])
                .Try(out ImmutableArray<Permission> permissions, out refusal)
            || !Fields.ParseAll<LoginRule>(request.Logins ?? [], "logins", LoginRule.Rule, AccessRequestOrder.MaximumLoginCount)
                .Try(out ImmutableArray<LoginRule> logins, out refusal))
            return refusal;
        SftpFolder? folder = null;
        if (request.SftpFolder is { } text)
        {
            if (!Fields.Parse<SftpFolder>(text, "sftpFolder", SftpFolder.Rule).Try(out SftpFolder given, out refusal)) return refusal;
            folder = given;
        }

        if (request.TicketUrl is not null && request.TicketReference is null)
            return new Refusal.Invalid("ticketReference", "there is an address of a ticket and no ticket", "name the ticket");
        TimeSpan allowed = await longest(path);
        TimeSpan duration = request.DurationSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : allowed < DefaultDuration ? allowed : DefaultDuration;
        TicketReference? ticket = request.TicketReference is { } reference ? new TicketReference(ManualTicket, reference, request.TicketUrl) : null;
        return new AccessRequestOrder(
            path, requester, role, request.Logins is null ? null : logins, folder, permissions, duration, request.Reason, ticket, request.PublicKey)
        {
            BreakGlass = request.BreakGlass ?? false,
        };
    }

    public static AccessRequestResponse Of(AccessRequest request)
    {
        AccessRequestOrder order = request.Order;
        return new AccessRequestResponse(
            request.Id.Text,
            order.Path.Text,
            order.Requester.Text,
            request.OpenedBy.Text,
            WordOf(request.State),
            GrantContract.WordOf(order.GivenRole),
            order.Logins?.Select(rule => rule.ToString()).ToArray(),
            order.SftpFolder?.Text,
            [.. order.Permissions.Select(GrantContract.WordOf)],
            (int)order.Duration.TotalSeconds,
            order.Reason,
            order.Ticket is { } ticket ? new AccessTicketResponse(ticket.Source, ticket.Reference, ticket.Url) : null,
            order.PublicKey,
            request.Opened,
            request.Until,
            request.ApprovalsNeeded,
            ApprovalsOf(request.Approvals),
            request.Activated,
            request.Ends,
            request.Grant?.Id.Text,
            request.Extension is { } more ? new AccessExtensionResponse(more.Ends, more.Reason, more.Asked, ApprovalsOf(more.Approvals)) : null,
            request.Ending is { } ending ? new AccessEndingResponse(WordOf(ending.Cause), ending.By.Text, ending.At, ending.Reason) : null,
            request.BreakGlass,
            request.Review is { } review ? new AccessReviewResponse(review.By.Text, review.At, review.Note) : null,
            request.Failure,
            order.PublicKey is { } line && SshPublicKey.TryParse(line, out SshPublicKey? key, out _) ? key.Fingerprint.ToString() : null);
    }

    private static AccessApprovalResponse[] ApprovalsOf(ImmutableArray<AccessApproval> approvals) =>
        [.. approvals.Select(approval => new AccessApprovalResponse(approval.By.Text, approval.At, approval.Comment))];

    private static string WordOf(AccessRequestState state) => States.Single(word => word.Value == state).Key;

    private static string WordOf(AccessEndingCause cause) => cause switch
    {
        AccessEndingCause.Time => "time",
        AccessEndingCause.Grant => "grant",
        AccessEndingCause.Denied => "denied",
        _ => "closed",
    };
}
