using System.Globalization;
using System.Text.RegularExpressions;
using SshFunctions.Support.Processes;

namespace SshFunctions.Support.Sshd;

/// <summary>The version of the installed OpenSSH server.</summary>
/// <param name="Major">As in 9.2.</param>
/// <param name="Minor">As in 9.2.</param>
public readonly partial record struct OpenSshVersion(int Major, int Minor) : IComparable<OpenSshVersion>
{
    /// <summary>Asks the installed server.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it doesn't say.</exception>
    public static async Task<OpenSshVersion> OfServerAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(TestSshd.Program))
        {
            throw new InvalidOperationException($"{TestSshd.Program} is not installed; bash infra/install.sh installs it");
        }
        // Servers before 9.2 know no -V and print the version with their complaint about it.
        var said = await ProcessRun.ToEndAsync(TestSshd.Program, ["-V"], cancellationToken: cancellationToken);
        var match = Version().Match(said.Output + said.Error);
        if (!match.Success) throw new InvalidOperationException($"sshd -V says no version: {said.Output}{said.Error}");
        return new OpenSshVersion(Number(match.Groups[1]), Number(match.Groups[2]));
    }

    /// <inheritdoc/>
    public int CompareTo(OpenSshVersion other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    /// <summary>Whether <paramref name="left"/> is the older one.</summary>
    public static bool operator <(OpenSshVersion left, OpenSshVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> is the newer one.</summary>
    public static bool operator >(OpenSshVersion left, OpenSshVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> is not the newer one.</summary>
    public static bool operator <=(OpenSshVersion left, OpenSshVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> is not the older one.</summary>
    public static bool operator >=(OpenSshVersion left, OpenSshVersion right) => left.CompareTo(right) >= 0;

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"OpenSSH_(\d+)\.(\d+)")]
    private static partial Regex Version();
}
