namespace SshFunctions.Api;

/// <summary>Body of PutAccessRule; the rule as a whole.</summary>
/// <param name="Approvers">Who decides, <c>subject=NAME</c> or <c>group=NAME</c>; absent: whoever has role manager on the path.</param>
/// <param name="Approvals">How many different ones must say yes, 1 to 5; absent: 1.</param>
/// <param name="LongestDurationSeconds">Longest access, extensions included; absent: 8 hours.</param>
/// <param name="PendingLifeSeconds">How long a request waits for its decision; absent: 24 hours.</param>
/// <param name="Requesters">Who may ask; absent: everybody.</param>
/// <param name="AutoApproval">Which requests need no approver; absent: none.</param>
/// <param name="BreakGlass">Who may break the glass; absent: nobody.</param>
/// <param name="Shapes">Of <c>role</c>, <c>logins</c>, <c>sftp-folder</c>: how wide a request may be; absent: any.</param>
/// <param name="HighestRole">Highest role that a request may ask for; absent: developer.</param>
public sealed record AccessRuleRequest(
    IReadOnlyList<string>? Approvers = null,
    int? Approvals = null,
    int? LongestDurationSeconds = null,
    int? PendingLifeSeconds = null,
    IReadOnlyList<string>? Requesters = null,
    AccessAutoApproval? AutoApproval = null,
    IReadOnlyList<string>? BreakGlass = null,
    IReadOnlyList<string>? Shapes = null,
    string? HighestRole = null);
