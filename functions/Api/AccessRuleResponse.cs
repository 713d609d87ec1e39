namespace SshFunctions.Api;

/// <summary>How access to a path and everything below it is requested; of several rules the nearest counts, as a whole.</summary>
/// <param name="Path">Where.</param>
/// <param name="Approvers">Who decides; empty for whoever has role manager on the path.</param>
/// <param name="Approvals">How many different ones must say yes.</param>
/// <param name="LongestDurationSeconds">Longest access, extensions included.</param>
/// <param name="PendingLifeSeconds">How long a request waits for its decision.</param>
/// <param name="Requesters">Who may ask; null for everybody.</param>
/// <param name="AutoApproval">Which requests need no approver; null for none.</param>
/// <param name="BreakGlass">Who may break the glass; empty for nobody.</param>
/// <param name="Shapes">How wide a request may be; empty for any.</param>
/// <param name="HighestRole">Highest role that a request may ask for.</param>
public sealed record AccessRuleResponse(
    string Path,
    IReadOnlyList<string> Approvers,
    int Approvals,
    int LongestDurationSeconds,
    int PendingLifeSeconds,
    IReadOnlyList<string>? Requesters,
    AccessAutoApproval? AutoApproval,
    IReadOnlyList<string> BreakGlass,
    IReadOnlyList<string> Shapes,
    string HighestRole);
