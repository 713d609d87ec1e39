using System.CommandLine;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Journal;

/// <summary>The options that say which entries of the journal are meant.</summary>
internal sealed class JournalFilterOptions
{
    private readonly Option<string?> _subject = new("--subject") { Description = "Done by whom" };
    private readonly Option<string[]> _event = new("--event")
    {
        Description = "Of which kind, may be given again: " + string.Join(' ', ListJournalCommand.EventKinds),
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string?> _resource = new("--resource") { Description = "About which path, or one below it" };
    private readonly Option<string?> _since = new("--since") { Description = "Not before: an instant, or a span back from now such as 8h or 30d" };
    private readonly Option<string?> _until = new("--until") { Description = "Before: an instant, or a span back from now" };
    private readonly Option<string?> _request = new("--request") { Description = "The story of this access request", HelpName = "id" };

    /// <summary>All of them.</summary>
    internal Option[] All => [_subject, _event, _resource, _since, _until, _request];

    /// <summary>As parameters of a query.</summary>
    internal (string Name, string? Value)[] Query(ParseResult arguments) =>
    [
        ("subject", arguments.GetValue(_subject)),
        ("event", arguments.GetValue(_event) is { Length: > 0 } kinds ? string.Join(',', kinds) : null),
        ("resource", arguments.GetValue(_resource)),
        ("since", Instant(arguments.GetValue(_since))),
        ("until", Instant(arguments.GetValue(_until))),
        ("request", arguments.GetValue(_request)),
    ];

    internal static string? Instant(string? text)
    {
        if (text is null)
            return null;
        DateTimeOffset now = Clock.Now;
        DateTimeOffset instant = Moment.ParseInstant(text, now);
        // A span of a journal goes back.
        bool span = char.IsAsciiLetter(text[^1]) && !text.Contains('-', StringComparison.Ordinal);
        return Moment.Iso(span ? now - (instant - now) : instant);
    }
}
