using System.Globalization;
using SshFunctions.Api;

namespace SshFunctions.Hooks.Commands.Tree;

/// <summary>A host with an optional port: <c>web.example.com</c>, <c>web.example.com:2222</c>, <c>[2001:db8::1]:2222</c>.</summary>
internal static class HostText
{
    internal const int SshPort = 22;

    internal static HostAddress Parse(string text)
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

    internal static string Text(HostAddress host) => host.Port == SshPort ? host.Name
        : host.Name.Contains(':') ? $"[{host.Name}]:{host.Port}" : $"{host.Name}:{host.Port}";
}
