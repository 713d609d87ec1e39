using SshFunctions.Api;

namespace SshFunctions.Hooks.Commands.Tree;

/// <summary>A service that a resource offers: <c>database=127.0.0.1:5432</c>.</summary>
internal static class ServiceText
{
    internal static NamedService Parse(string text)
    {
        int equals = text.IndexOf('=');
        string address = text[(equals + 1)..];
        // Without a port of its own it would get that of ssh, which is never meant.
        if (equals <= 0 || !address[(address.LastIndexOf(']') + 1)..].Contains(':'))
            throw new CommandFailedException(ExitCode.Usage, $"{text} is not a service", "write it as database=127.0.0.1:5432");
        HostAddress parsed = HostText.Parse(address);
        return new NamedService(text[..equals], parsed.Name, parsed.Port);
    }
}
