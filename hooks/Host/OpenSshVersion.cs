using System.Globalization;
using System.Text.RegularExpressions;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host;

/// <summary>The version of an OpenSSH server, and what it knows.</summary>
internal readonly partial record struct OpenSshVersion(int Major, int Minor) : IComparable<OpenSshVersion>
{
    /// <summary>
    /// Below it <c>sshd -T</c> says ChallengeResponseAuthentication for what is set here, and nobody maintains it: RHEL 9 has 8.7,
    /// Ubuntu 22.04 8.9, Debian 12 9.2. Include, on which all of this rests, came with 8.2.
    /// </summary>
    internal static readonly OpenSshVersion Oldest = new(8, 7);

    // Source: OpenSSH 9.8 release notes; before it the service is named as the program is.
    private static readonly OpenSshVersion FirstWithPamServiceName = new(9, 8);

    internal bool HasPamServiceName => this >= FirstWithPamServiceName;

    /// <summary>Asks a sshd program; null when it can't be run or does not say.</summary>
    internal static OpenSshVersion? Of(string sshd) =>
        Programs.Run(sshd, "-V") is { } said && TryParse(said.Output + said.Errors, out OpenSshVersion version) ? version : null;

    /// <summary>Finds the version in what <c>sshd -V</c> says; older ones say it on standard error, with a complaint.</summary>
    internal static bool TryParse(string said, out OpenSshVersion version)
    {
        Match match = Pattern().Match(said);
        version = match.Success ? new(Number(match.Groups[1]), Number(match.Groups[2])) : default;
        return match.Success;
    }

    public int CompareTo(OpenSshVersion other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    public static bool operator <(OpenSshVersion left, OpenSshVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(OpenSshVersion left, OpenSshVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(OpenSshVersion left, OpenSshVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(OpenSshVersion left, OpenSshVersion right) => left.CompareTo(right) >= 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"OpenSSH_([0-9]{1,4})\.([0-9]{1,4})")]
    private static partial Regex Pattern();
}
