namespace SshFunctions.App.Hosting.Tickets;

/// <summary>A mapping as it is written: one rule for each field of a ticket.</summary>
internal sealed record MappingDocument(
    RuleDocument Event,
    RuleDocument Reference,
    RuleDocument Requester,
    RuleDocument Path,
    RuleDocument Duration,
    RuleDocument Reason,
    RuleDocument? Url = null,
    RuleDocument? Role = null,
    RuleDocument? Logins = null,
    RuleDocument? SftpFolder = null,
    RuleDocument? Permissions = null,
    RuleDocument? PublicKey = null);
