using System.Globalization;
using System.Text;
using SshFunctions.Api;
using SshFunctions.Hooks.Display;

namespace SshFunctions.Hooks.Commands.Access;

/// <summary>An explanation as people read it: the answer, the rules in the order in which they were asked, what it gives.</summary>
internal static class ExplainText
{
    internal static string Render(ExplainAccessResponse explained)
    {
        StringBuilder text = new();
        text.Append($"{(explained.Allowed ? "allowed" : "refused")}: {Printable.Line(explained.Subject)} as {Printable.Line(explained.Login)} on {Printable.Line(explained.Resource)}\n");
        Table table = new("", "rule", "says", "because");
        foreach (RuleFinding finding in explained.Findings)
            table.Add(IsDeciding(explained, finding) ? ">" : " ", finding.Rule, finding.Allows ? "yes" : "no", finding.Detail);
        text.Append(table.Render());
        if (explained.Deciding is { Allows: false, Fix: { } fix })
            text.Append($"fix: {Printable.Line(fix)}\n");
        if (explained.Allowed)
            text.Append(Gives(explained));
        return text.ToString();
    }

    private static bool IsDeciding(ExplainAccessResponse explained, RuleFinding finding) => finding == explained.Deciding;

    private static string Gives(ExplainAccessResponse explained)
    {
        Table table = new("grant", Printable.Line(explained.Grant ?? "-"));
        table.Add("max life", explained.MaximumLifetimeSeconds is { } seconds ? seconds.ToString(CultureInfo.InvariantCulture) + " s" : null);
        table.Add("permissions", Words(explained.Permissions));
        table.Add("forwards to", Words(explained.ForwardTargets) ?? "whatever the resource allows");
        table.Add("sftp only in", explained.SftpFolder);
        table.Add("sources", Words(explained.SourceAddresses) ?? "anywhere");
        return table.Render();
    }

    private static string? Words(IReadOnlyList<string>? words) => words is null ? null : string.Join(' ', words);
}
