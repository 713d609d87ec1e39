namespace SshFunctions.Api;

/// <summary>Answer of ExplainAccess: what a mint would answer now, and why.</summary>
/// <param name="Allowed">Whether a mint would succeed.</param>
/// <param name="Resource">The resource.</param>
/// <param name="Login">The unix account.</param>
/// <param name="Subject">Whose access.</param>
/// <param name="Deciding">The rule that decided.</param>
/// <param name="Findings">Every rule that spoke, in the order in which they were asked.</param>
/// <param name="Grant">The grant that a certificate would come from; null when refused.</param>
/// <param name="MaximumLifetimeSeconds">Longest life of a certificate; null when refused.</param>
/// <param name="Permissions">What a session may do; null when refused.</param>
/// <param name="ForwardTargets">What port forwarding may reach; null for anything, or when refused.</param>
/// <param name="SftpFolder">The only folder; null for no such limit.</param>
/// <param name="SourceAddresses">CIDR blocks that the client must come from; null for anywhere.</param>
public sealed record ExplainAccessResponse(
    bool Allowed,
    string Resource,
    string Login,
    string Subject,
    RuleFinding Deciding,
    IReadOnlyList<RuleFinding> Findings,
    string? Grant,
    int? MaximumLifetimeSeconds,
    IReadOnlyList<string>? Permissions,
    IReadOnlyList<string>? ForwardTargets,
    string? SftpFolder,
    IReadOnlyList<string>? SourceAddresses);
