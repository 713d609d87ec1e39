using System.Collections.Frozen;
using SshFunctions.Core.Hosts;

namespace SshFunctions.Core.Callers;

/// <summary>Subjects that nobody is given: what these did, the journal tells of the broker and of its operator.</summary>
public static class ReservedSubjects
{
    private static readonly FrozenSet<string> Names = new[] { "bootstrap", "system" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private const string OfFirstAdmin = "bootstrap-";

    /// <summary>The subject of a first admin whose token the operator made.</summary>
    internal static Subject FirstAdmin(SealedAccessToken made) => Subject.Parse(OfFirstAdmin + made.Id);

    /// <summary>Whether a subject is the broker's own, or that of an enrolled host.</summary>
    /// <param name="subject">The subject.</param>
    /// <returns>Whether it is, in any letter case.</returns>
    public static bool Contains(Subject subject) =>
        Names.Contains(subject.Text) || subject.Text.StartsWith(OfFirstAdmin, StringComparison.OrdinalIgnoreCase) || HostId.IsHostSubject(subject);
}
