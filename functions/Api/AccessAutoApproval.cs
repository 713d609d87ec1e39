namespace SshFunctions.Api;

/// <summary>Which requests need no approver.</summary>
/// <param name="Holders">Whose: <c>subject=NAME</c> or <c>group=NAME</c>.</param>
/// <param name="Windows">When; absent: always.</param>
/// <param name="LongestDurationSeconds">Longer ones need an approver; absent: the rule's longest.</param>
public sealed record AccessAutoApproval(
    IReadOnlyList<string> Holders, IReadOnlyList<AccessWindow>? Windows = null, int? LongestDurationSeconds = null);
