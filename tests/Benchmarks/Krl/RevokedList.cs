using System.Diagnostics;
using System.Globalization;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Revocation;

namespace SshFunctions.Benchmarks.Krl;

/// <summary>A list as the broker publishes it, and what was measured of it.</summary>
/// <param name="name">What the serials are.</param>
/// <param name="content">The list; null for a server without one.</param>
/// <param name="builds">Milliseconds of each build.</param>
internal sealed class RevokedList(string name, byte[]? content, double[] builds)
{
    private readonly List<double> _logins = [];

    /// <summary>Builds it once to warm up, then in five rounds.</summary>
    public static RevokedList Build(string name, SshPublicKey ca, ulong[] serials)
    {
        byte[] content = Build(ca, serials);
        double[] builds = new double[5];
        for (int round = 0; round < builds.Length; round++)
        {
            long start = Stopwatch.GetTimestamp();
            content = Build(ca, serials);
            builds[round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(builds);
        return new RevokedList(name, content, builds);
    }

    /// <summary>Logs in once where it is in force.</summary>
    public async Task LogInAsync(LoginServer server) => _logins.Add(await server.LogInAsync(content));

    public override string ToString()
    {
        double[] logins = [.. _logins.Order()];
        double login = (logins[(logins.Length - 1) / 2] + logins[logins.Length / 2]) / 2;
        string built = content is null
            ? "– | – | –"
            : string.Create(CultureInfo.InvariantCulture, $"{builds[builds.Length / 2]:N0} | {builds[0]:N0}–{builds[^1]:N0} | {content.Length:N0}");
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {built} | {login:N0} | {logins[0]:N0}–{logins[^1]:N0} |");
    }

    private static byte[] Build(SshPublicKey ca, ulong[] serials)
    {
        var builder = new RevocationListBuilder();
        builder.AddSerials(ca, serials);
        return builder.Build(1, DateTimeOffset.UnixEpoch, "sshfn");
    }
}
