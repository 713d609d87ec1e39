using System.Collections.Frozen;
using System.Collections.Immutable;
using SshFunctions.App.Hosting.Outbound;
using SshFunctions.Core;
using SshFunctions.Core.Tickets;
using SshFunctions.Core.Webhooks;

namespace SshFunctions.App.Hosting.Tickets;

/// <summary>Makes a ticket source of what is written of it. Each refusal names the source and the field.</summary>
internal sealed class SourceBinding(SourceDocument written)
{
    private const int LongestTolerance = 3600;
    private readonly OutboundBinding _binding = new($"source {written.Name}");

    public Result<TicketSource> Bind()
    {
        if (!TicketSource.IsName(written.Name)) return new Refusal.Invalid("name", $"\"{written.Name}\" is no name of a source", "give 1 to 40 lower-case letters, digits and - between them, and not manual");
        if (written.ToleranceSeconds is < 10 or > LongestTolerance) return _binding.Wrong("toleranceSeconds", "is out of bounds", $"give 10 to {LongestTolerance}");
        if (!_binding.BindSecrets(written.SecretFile, written.SecretVariable, required: true).Try(out ImmutableArray<WebhookSecret> secrets, out Refusal? refusal)
            || !BindMapping().Try(out TicketMapping? mapping, out refusal))
            return refusal;
        TimeSpan tolerance = written.ToleranceSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : TicketSource.UsualTolerance;
        return new TicketSource(written.Name, secrets, tolerance, mapping);
    }

    /// <summary>Makes a mapping without a look at secrets.</summary>
    public Result<TicketMapping> BindMapping()
    {
        Refusal? wrong = null;
        TicketRule? Rule(string field, RuleDocument? rule)
        {
            if (rule is null) return null;
            if (TicketTemplate.TryParse(rule.From, out TicketTemplate? from)) return new TicketRule(from, rule.Values?.ToFrozenDictionary(StringComparer.Ordinal), rule.Default);
            wrong ??= _binding.Wrong($"mapping.{field}.from", "is no template", TicketTemplate.Rule);
            return null;
        }

        MappingDocument mapping = written.Mapping;
        var bound = new TicketMapping(
            Rule("event", mapping.Event)!,
            Rule("reference", mapping.Reference)!,
            Rule("requester", mapping.Requester)!,
            Rule("path", mapping.Path)!,
            Rule("duration", mapping.Duration)!,
            Rule("reason", mapping.Reason)!)
        {
            Url = Rule("url", mapping.Url),
            Role = Rule("role", mapping.Role),
            Logins = Rule("logins", mapping.Logins),
            SftpFolder = Rule("sftpFolder", mapping.SftpFolder),
            Permissions = Rule("permissions", mapping.Permissions),
            PublicKey = Rule("publicKey", mapping.PublicKey),
        };
        return wrong is null ? bound : wrong;
    }
}
