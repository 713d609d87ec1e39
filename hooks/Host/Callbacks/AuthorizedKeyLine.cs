using System.Buffers;
using System.Net;
using SshFunctions.Api;
using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Lines;

namespace SshFunctions.Hooks.Host.Callbacks;

/// <summary>A registered key as a line of authorized_keys. Nothing of the answer reaches the line unchecked.</summary>
/// <remarks>
/// There is no <c>expiry-time</c>: the line counts for this one login, whose time was compared here, and before OpenSSH 9.1 the option
/// takes no UTC. Source: sshd(8), "AUTHORIZED_KEYS FILE FORMAT".
/// </remarks>
internal static class AuthorizedKeyLine
{
    private const int LongestCommand = 500;
    private const int LongestFolder = 255;
    private const int MostAddresses = 100;

    private static readonly SearchValues<char> FolderCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/");

    /// <summary>The line; null when the answer is about something else, is over, or holds anything that is not understood.</summary>
    internal static string? Of(AuthorizedKey answer, string login, SshPublicKey key, DateTimeOffset now)
    {
        if (answer.Login != login || answer.PublicKey != key.ToText() || answer.NotAfter <= now)
            return null;
        List<string> options = ["restrict"];
        if (!TryAddPermissions(answer, options) || !TryAddCommand(answer, options) || !TryAddAddresses(answer, options))
            return null;
        return $"{string.Join(',', options)} {key.ToText()}";
    }

    private static bool TryAddPermissions(AuthorizedKey answer, List<string> options)
    {
        // A folder's files need nothing that these allow.
        if (answer.SftpFolder is not null)
            return true;
        foreach (string permission in answer.Permissions)
        {
            string? option = permission switch
            {
                "pty" => "pty",
                "agent-forwarding" => "agent-forwarding",
                "x11-forwarding" => "X11-forwarding",
                "user-rc" => "user-rc",
                "port-forwarding" when answer.ForwardTargets is null => "port-forwarding",
                "port-forwarding" => SessionLimits.ForwardOnlyTo(answer.ForwardTargets!),
                _ => null,
            };
            if (option is null)
                return false;
            options.Add(option);
        }

        return true;
    }

    private static bool TryAddCommand(AuthorizedKey answer, List<string> options)
    {
        if (answer is { SftpFolder: null, ForcedCommand: null })
            return true;
        string? command = answer switch
        {
            { SftpFolder: not null, ForcedCommand: not null } => null,
            { SftpFolder: { } folder } => IsFolder(folder) ? $"{Self()} host sftp {folder}" : null,
            _ => IsCommand(answer.ForcedCommand!) ? answer.ForcedCommand : null,
        };
        if (command is null)
            return false;
        options.Add(AuthorizedKeysOption.Command(command).ToString());
        return true;
    }

    private static bool TryAddAddresses(AuthorizedKey answer, List<string> options)
    {
        if (answer.SourceAddresses is not { } addresses)
            return true;
        if (addresses.Count is 0 or > MostAddresses || !addresses.All(IsAddress))
            return false;
        options.Add(AuthorizedKeysOption.From(addresses).ToString());
        return true;
    }

    private static bool IsAddress(string text) => IPNetwork.TryParse(text, out _) || IPAddress.TryParse(text, out _);

    private static bool IsFolder(string folder) =>
        folder.Length is > 0 and <= LongestFolder && !folder.AsSpan().ContainsAnyExcept(FolderCharacters)
        && (folder[0] == '/' ? folder[1..] : folder).Split('/').All(name => name.Length > 0 && name[0] is not ('.' or '-'));

    private static bool IsCommand(string command) =>
        command.Length is > 0 and <= LongestCommand && command[^1] != '\\' && !command.AsSpan().ContainsAnyExceptInRange(' ', '~');

    // By its whole path where a shell takes that as one word: the login's PATH is the login's own.
    private static string Self() => Programs.Self.AsSpan().ContainsAnyExcept(FolderCharacters) ? "sshfn" : Programs.Self;
}
