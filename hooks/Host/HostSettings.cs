using System.Text.Json.Serialization;
using SshFunctions.Hooks.Broker;

namespace SshFunctions.Hooks.Host;

/// <summary>What enroll decided about this host, <c>host.json</c>; no secret.</summary>
/// <param name="Broker">Its address: https, or http on loopback.</param>
/// <param name="Host">The host's identifier, 16 characters of <c>a-z 2-7</c>.</param>
/// <param name="Resource">Path of the resource that the host is.</param>
/// <param name="Instance">Which numbered instance of it; null for the resource as a whole.</param>
/// <param name="Sshd">The sshd program, absolute.</param>
/// <param name="SshdConfig">Its configuration, absolute.</param>
/// <param name="HostKeys">The <c>.pub</c> files of the host keys that are certified, absolute.</param>
/// <param name="PidFile">Where sshd writes its process id; null for nowhere.</param>
/// <param name="PamService">The file of sshd's PAM service; null where PAM was left alone.</param>
/// <param name="CaFile">A PEM file with a further TLS root; null for the system's own. Callbacks have no environment to say it in.</param>
/// <param name="Passcodes">Whether PAM asks <c>host passcode</c>.</param>
/// <param name="RegisteredKeys">Whether sshd asks <c>host authorized-keys</c>.</param>
/// <param name="Sessions">Whether PAM tells <c>host session</c>.</param>
/// <param name="OfflineKeysForSeconds">How long after it was signed the list of registered keys counts while the broker is away; 0 for never.</param>
/// <param name="Reload">How sshd is told that a certificate of its host keys was renewed.</param>
/// <param name="PasscodePort">The only port that takes passcodes; null for every port.</param>
internal sealed record HostSettings(
    string Broker,
    string Host,
    string Resource,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Instance,
    string Sshd,
    string SshdConfig,
    IReadOnlyList<string> HostKeys,
    string? PidFile = null,
    string? PamService = null,
    string? CaFile = null,
    bool Passcodes = false,
    bool RegisteredKeys = false,
    bool Sessions = false,
    int OfflineKeysForSeconds = 0,
    ReloadWay Reload = ReloadWay.Auto,
    int? PasscodePort = null)
{
    /// <summary>A week: longer would be a standing key.</summary>
    internal const int LongestOfflineKeysForSeconds = 7 * 24 * 3600;

    private const int IdLength = 16;
    private const int MostHostKeys = 10;

    /// <summary>What is wrong with a value; null when nothing is.</summary>
    internal string? Problem()
    {
        try
        {
            BrokerAddress.Parse(Broker);
        }
        catch (CommandFailedException failure)
        {
            return failure.Message;
        }

        if (Host.Length != IdLength || Host.Any(character => character is not ((>= 'a' and <= 'z') or (>= '2' and <= '7'))))
            return "its host is no identifier of a host";
        if (!AcceptedPrincipals.IsResource(Resource))
            return "its resource is no path of a resource";
        if (Instance < 0)
            return "its instance is negative";
        if (OfflineKeysForSeconds is < 0 or > LongestOfflineKeysForSeconds)
            return "its offlineKeysForSeconds is not from 0 to a week";
        if (PasscodePort is < 1 or > 65535)
            return "its passcodePort is no port";
        if (HostKeys.Count is 0 or > MostHostKeys)
            return "it names no host key, or too many";
        string?[] paths = [Sshd, SshdConfig, PidFile, PamService, CaFile, .. HostKeys];
        return paths.FirstOrDefault(path => path is not null && !IsPath(path)) is { } bad ? $"its path {bad} is not absolute" : null;
    }

    private static bool IsPath(string path) => path.StartsWith('/') && !path.Any(char.IsControl);
}
