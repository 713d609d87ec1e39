using System.Buffers;
using System.Globalization;
using System.Text;
using SshFunctions.Api;

namespace SshFunctions.Hooks.Hook;

/// <summary>What ssh is about to reach, checked so strictly that its text is a safe folder name.</summary>
internal readonly record struct HookDestination(string Host, int Port, string Login)
{
    private const int LongestHost = 253;
    private const int LongestLogin = 128;

    // NAME_MAX of every Linux file system.
    private const int LongestFolderName = 255;

    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-_:");
    private static readonly SearchValues<char> LoginCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_+@:=");

    /// <summary>The folder as ssh_config writes it: <c>%r@%h:%p</c>.</summary>
    internal string FolderName => $"{Login}@{Host}:{Port}";

    internal Destination ForBroker => new(Host, Port, Login);

    /// <summary>Reads <c>%h %p %r</c>. ssh lowers the host's case itself; a slash, a space or a leading dash or dot is never right.</summary>
    internal static bool TryParse(string host, string port, string login, out HookDestination destination)
    {
        destination = default;
        if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 1 or > 65535)
            return false;
        destination = new(host.ToLowerInvariant(), number, login);
        // Before the case is lowered: the Kelvin sign would become a k, and this another host than the one that ssh goes to.
        return Ascii.IsValid(host) && IsName(destination.Host, LongestHost, HostCharacters)
            && IsName(login, LongestLogin, LoginCharacters)
            && destination.FolderName.Length <= LongestFolderName;
    }

    /// <summary>Reads <see cref="FolderName"/> back: a host holds no <c>@</c>, and a port no colon.</summary>
    internal static bool TryParseFolderName(string name, out HookDestination destination)
    {
        destination = default;
        int at = name.LastIndexOf('@');
        int colon = name.LastIndexOf(':');
        return at > 0 && colon > at && TryParse(name[(at + 1)..colon], name[(colon + 1)..], name[..at], out destination);
    }

    private static bool IsName(string text, int longest, SearchValues<char> allowed) =>
        text.Length > 0 && text.Length <= longest && text[0] is not ('-' or '.') && !text.AsSpan().ContainsAnyExcept(allowed);
}
