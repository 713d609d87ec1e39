using System.Globalization;
using SshFunctions.Api;

namespace SshFunctions.Hooks.Commands.Tree;

/// <summary>A host with an optional port and instance: <c>web.example.com</c>, <c>web.example.com:2222</c>, <c>[2001:db8::1]:2222=1</c>.</summary>
internal static class HostText
{
    internal const int SshPort = 22;

    private const int HighestInstance = 9999;

    internal static HostAddress Parse(string text)
    {
        if (text.LastIndexOf('=') is not (>= 0 and var equals))
            return ParseAddress(text);
        return int.TryParse(text.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int instance) && instance <= HighestInstance
            ? ParseAddress(text[..equals]) with { Instance = instance }
            : throw new CommandFailedException(ExitCode.Usage, $"{text} names no instance", "write web1.example.com=1, with 0 to 9999");
    }

    private static HostAddress ParseAddress(string text)
    {
        int colon = text.LastIndexOf(':');
        bool isBracketed = text.StartsWith('[');
        bool hasPort = isBracketed ? text.Contains("]:", StringComparison.Ordinal) : colon > 0 && text.IndexOf(':') == colon;
        string name = hasPort ? text[..colon] : text;
        if (isBracketed)
            name = name.Trim('[', ']');
        int port = SshPort;
        bool isNumber = !hasPort || int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port);
        return name.Length > 0 && isNumber && port is > 0 and <= 65535
            ? new HostAddress(name, port)
            : throw new CommandFailedException(ExitCode.Usage, $"{text} is not a host with an optional port", "write web.example.com or web.example.com:2222");
    }

    internal static string Text(HostAddress host) => AddressText(host) + (host.Instance is { } instance ? $"={instance}" : "");

    /// <summary>Name and port alone.</summary>
    internal static string AddressText(HostAddress host) => host.Port == SshPort ? host.Name
        : host.Name.Contains(':') ? $"[{host.Name}]:{host.Port}" : $"{host.Name}:{host.Port}";
}
