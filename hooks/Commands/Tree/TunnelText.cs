using System.Globalization;
using SshFunctions.Api;

namespace SshFunctions.Hooks.Commands.Tree;

/// <summary>A reverse tunnel as people write it: <c>tunnel@acme/production/bastion:20022</c>; the empty text for none.</summary>
internal static class TunnelText
{
    internal static ReverseTunnel Parse(string text)
    {
        if (text.Length == 0)
            return new("", "", 0);
        int at = text.IndexOf('@');
        int colon = text.LastIndexOf(':');
        return at > 0 && colon > at + 1 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            ? new(text[(at + 1)..colon], text[..at], port)
            : throw new CommandFailedException(ExitCode.Usage, $"{text} is not a tunnel", "write tunnel@acme/production/bastion:20022");
    }

    internal static string Of(ReverseTunnel tunnel) => string.Create(CultureInfo.InvariantCulture, $"{tunnel.Login}@{tunnel.Bastion}:{tunnel.Port}");
}
