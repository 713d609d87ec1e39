using System.CommandLine;
using SshFunctions.Hooks.Hook;

namespace SshFunctions.Hooks.Commands;

/// <summary>The help page of the certificate hook; the hook itself is dispatched before any of this is loaded.</summary>
internal sealed class CertCommand : SshfnCommand
{
    private readonly Argument<string> _host = new("host") { Description = "Host name or address, ssh's %h" };
    private readonly Argument<string> _port = new("port") { Description = "Port, ssh's %p" };
    private readonly Argument<string> _login = new("login") { Description = "Account on the host, ssh's %r" };

    private readonly Option<bool> _renew = new("--renew") { Description = "Fetch a new certificate on a new key although the present one still holds; stands first" };

    private readonly Option<bool> _stepAside = new("--step-aside") { Description = "Say nothing when the host is no resource, and don't ask again for a minute; stands first" };

    internal CertCommand()
        : base(
            "cert",
            "Make sure that a fresh certificate lies where ssh reads it (ssh runs this)",
            "sshfn cert web.example.com 22 deploy\nsshfn cert --renew web.example.com 22 deploy")
    {
        Options.Add(_renew);
        Options.Add(_stepAside);
        Arguments.Add(_host);
        Arguments.Add(_port);
        Arguments.Add(_login);
        Run(RunHook);
    }

    private int RunHook(ParseResult arguments)
    {
        string[] destination = [arguments.GetValue(_host)!, arguments.GetValue(_port)!, arguments.GetValue(_login)!];
        return CertificateHook.Run(arguments.GetValue(_renew) ? ["--renew", .. destination] : destination);
    }
}
