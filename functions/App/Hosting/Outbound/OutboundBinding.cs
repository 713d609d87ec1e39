using System.Collections.Immutable;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.Core;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Webhooks;

namespace SshFunctions.App.Hosting.Outbound;

/// <summary>What forwarders and subscriptions have in common. Each refusal names the one and the field.</summary>
internal sealed class OutboundBinding(string owner)
{
    public Refusal.Invalid Wrong(string field, string what, string? fix) => new(field, $"{owner}: {field} {what}", fix);

    /// <summary>Which entries.</summary>
    public Result<JournalSelection> BindSelection(IReadOnlyList<string> kinds, string? path)
    {
        ResourcePath place = ResourcePath.Root;
        if (path is not null && !ResourcePath.TryParse(path, null, out place)) return Wrong("path", "is no path", ResourcePath.Rule);
        return JournalSelection.TryCreate(kinds, place, out JournalSelection? selection, out string? unknown)
            ? selection
            : Wrong("kinds", unknown.Length == 0 ? "is empty" : $"has \"{unknown}\", which fits no event", JournalSelection.Rule);
    }

    /// <summary>The one of the three that is given, where an address may be a secret.</summary>
    public Result<string> ReadUrl(string? url, string? file, string? variable)
    {
        if (new[] { url, file, variable }.Count(each => each is not null) != 1)
            return Wrong("url", "is missing, or given twice", "give one of url, urlFile and urlVariable");
        return url ?? Of(SecretText.Read("url", file, variable));
    }

    public Result<OutboundAddress> BindAddress(string? url, string? file, string? variable)
    {
        if (!ReadUrl(url, file, variable).Try(out string? text, out Refusal? refusal)) return refusal;
        return OutboundAddress.TryParse(text, out OutboundAddress? address)
            ? address!
            : Wrong("url", "is no https address", "write https://…; http is for this machine alone");
    }

    public Result<ImmutableArray<WebhookSecret>> BindSecrets(string? file, string? variable, bool required)
    {
        if (!Of(SecretText.Read("secret", file, variable)).Try(out string? text, out Refusal? refusal)) return refusal;
        string[] written = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (written.Length == 0) return required ? Wrong("secretFile", "is missing: this is signed", WebhookSecret.Rule) : ImmutableArray<WebhookSecret>.Empty;
        var secrets = ImmutableArray.CreateBuilder<WebhookSecret>();
        foreach (string each in written)
        {
            if (!WebhookSecret.TryParse(each, out WebhookSecret? secret)) return Wrong("secretFile", "holds what is no secret", WebhookSecret.Rule);
            secrets.Add(secret);
        }

        return secrets.ToImmutable();
    }

    /// <summary>The same, with the owner in the refusal.</summary>
    public Result<T> Of<T>(Result<T> result)
        where T : notnull =>
        result.Refusal is Refusal.Invalid invalid ? new Refusal.Invalid(invalid.Field, $"{owner}: {invalid.Detail}", invalid.Fix) : result;
}
