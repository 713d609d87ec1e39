using System.Buffers;
using System.Globalization;

namespace SshFunctions.Hooks.Host;

/// <summary>What a session may do, as options of a line that sshd reads; every value is checked, so that none can smuggle another option.</summary>
/// <remarks>Source: sshd(8), "AUTHORIZED_KEYS FILE FORMAT".</remarks>
internal static class SessionLimits
{
    private const int LongestName = 255;
    private const int MostTargets = 100;

    // With port forwarding allowed sshd would also listen for the client, and an empty permitlisten can't be written. Port 1 on loopback
    // is privileged and used by nothing, so this lets a client listen nowhere of use.
    private const string NoListening = "permitlisten=\"127.0.0.1:1\"";

    // Nothing listens there, so what may be forwarded to it is nothing.
    private const string NoTargets = "permitopen=\"127.0.0.1:1\"";
    private const int LowestListenPort = 1024;

    private static readonly SearchValues<char> TargetCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-_:[]");

    /// <summary>Port forwarding to some targets and no listening; null when a target is malformed or there are too many.</summary>
    internal static string? ForwardOnlyTo(IReadOnlyList<string> targets) =>
        targets.Count is > 0 and <= MostTargets && targets.All(IsTarget)
            ? $"port-forwarding,{NoListening},{string.Join(',', targets.Select(target => $"permitopen=\"{target}\""))}"
            : null;

    /// <summary>Listening on one port of this machine's loopback and no forwarding; null when the port is malformed.</summary>
    internal static string? ListenOnlyOn(string port) =>
        int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= LowestListenPort and <= 65535
            ? string.Create(CultureInfo.InvariantCulture, $"port-forwarding,permitlisten=\"127.0.0.1:{number}\",{NoTargets}")
            : null;

    private static bool IsTarget(string target)
    {
        int colon = target.LastIndexOf(':');
        return colon > 0 && target.Length <= LongestName && !target.AsSpan().ContainsAnyExcept(TargetCharacters)
            && int.TryParse(target.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= 65535;
    }
}
