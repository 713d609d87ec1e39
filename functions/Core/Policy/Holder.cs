using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using SshFunctions.Core.Callers;

namespace SshFunctions.Core.Policy;

/// <summary>Who holds a grant: one subject, or a group.</summary>
/// <remarks>Written <c>subject=alice</c> or <c>group=ops</c>.</remarks>
[JsonConverter(typeof(TextConverter<Holder>))]
public readonly record struct Holder : IParsable<Holder>
{
    private const string SubjectPrefix = "subject=";
    private const string GroupPrefix = "group=";

    private Holder(Subject? subject, GroupName? group)
    {
        Subject = subject;
        Group = group;
    }

    /// <summary>The subject; null when a group holds it.</summary>
    public Subject? Subject { get; }

    /// <summary>The group; null when a subject holds it.</summary>
    public GroupName? Group { get; }

    /// <summary>One subject.</summary>
    /// <param name="subject">Who.</param>
    /// <returns>The holder.</returns>
    public static Holder Of(Subject subject) => new(subject, null);

    /// <summary>Every subject of a group.</summary>
    /// <param name="group">Which.</param>
    /// <returns>The holder.</returns>
    public static Holder Of(GroupName group) => new(null, group);

    /// <summary>What a caller holds grants as: itself and each of its groups.</summary>
    /// <param name="caller">The caller.</param>
    /// <returns>At least one holder.</returns>
    public static IEnumerable<Holder> Of(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return caller.Groups.Select(Of).Prepend(Of(caller.Subject));
    }

    /// <summary>Parses a holder.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The holder.</returns>
    /// <exception cref="FormatException">Neither form.</exception>
    public static Holder Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out Holder holder) ? holder : throw new FormatException("a holder is subject=NAME or group=NAME");

    /// <summary>Parses a holder.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The holder.</param>
    /// <returns>Whether it is one of the two forms.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Holder result)
    {
        result = default;
        if (s is null) return false;
        if (s.StartsWith(SubjectPrefix, StringComparison.Ordinal)
            && Callers.Subject.TryParse(s[SubjectPrefix.Length..], provider, out Subject subject))
        {
            result = Of(subject);
            return true;
        }

        if (s.StartsWith(GroupPrefix, StringComparison.Ordinal)
            && GroupName.TryParse(s[GroupPrefix.Length..], provider, out GroupName group))
        {
            result = Of(group);
            return true;
        }

        return false;
    }

    /// <summary>The text.</summary>
    /// <returns>One of the two forms; empty for the default value.</returns>
    public override string ToString() =>
        Subject is { } subject ? SubjectPrefix + subject : Group is { } group ? GroupPrefix + group : "";
}
