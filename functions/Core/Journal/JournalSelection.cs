using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Journal;

/// <summary>Which entries somebody outside wants: some kinds, about a place or below it.</summary>
public sealed record JournalSelection
{
    private const string Any = "*";

    private JournalSelection(ImmutableArray<string> kinds, ResourcePath path)
    {
        Kinds = kinds;
        Path = path;
    }

    /// <summary>Every entry.</summary>
    public static JournalSelection All { get; } = new([Any], ResourcePath.Root);

    /// <summary>Kinds, each a whole one, or its beginning up to a full stop and a star.</summary>
    public ImmutableArray<string> Kinds { get; }

    /// <summary>The place; the root also selects entries that are about no place.</summary>
    public ResourcePath Path { get; }

    /// <summary>What a pattern must be, for people.</summary>
    public const string Rule = "a kind is one of sshfn audit list, such as host.alarm, its beginning and a star, such as access-request.*, or *";

    /// <summary>Makes a selection.</summary>
    /// <param name="kinds">At least one; each must fit a kind that there is.</param>
    /// <param name="path">The place.</param>
    /// <param name="selection">The selection.</param>
    /// <param name="unknown">The first pattern that fits no kind; empty when there are no patterns.</param>
    /// <returns>Whether every pattern fits a kind.</returns>
    public static bool TryCreate(
        IEnumerable<string> kinds, ResourcePath path, [NotNullWhen(true)] out JournalSelection? selection, [NotNullWhen(false)] out string? unknown)
    {
        ImmutableArray<string> patterns = [.. kinds];
        unknown = patterns.IsEmpty ? "" : patterns.FirstOrDefault(pattern => !JournalEvent.AllKinds.Any(kind => Fits(pattern, kind)));
        selection = unknown is null ? new JournalSelection(patterns, path) : null;
        return selection is not null;
    }

    /// <summary>Whether an entry is wanted.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>Whether its kind fits a pattern and its place lies in the selection's.</returns>
    public bool Fits(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        string kind = entry.Event.Kind;
        return Kinds.Any(pattern => Fits(pattern, kind))
            && (Path.Depth == 0 || (entry.Event.About is { } about && Path.Covers(about)));
    }

    private static bool Fits(string pattern, string kind) => pattern == Any
        || (pattern.EndsWith(".*", StringComparison.Ordinal) ? kind.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == kind);
}
