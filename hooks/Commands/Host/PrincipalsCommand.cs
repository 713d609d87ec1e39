using System.CommandLine;
using SshFunctions.Hooks.Host;

namespace SshFunctions.Hooks.Commands.Host;

/// <summary>The help page of sshd's principals callback; the callback itself is dispatched before any of this is loaded.</summary>
internal sealed class PrincipalsCommand : SshfnCommand
{
    private readonly Argument<string> _resource = new("resource") { Description = "This host's path, project/environment/resource" };
    private readonly Argument<string> _login = new("login") { Description = "Account that a client wants, sshd's %u" };
    private readonly Argument<string> _certificate = new("certificate") { Description = "What the client presents, sshd's %k" };

    internal PrincipalsCommand()
        : base(
            "principals",
            "Print the principals that may enter as a login (sshd runs this; offline)",
            "AuthorizedPrincipalsCommand /usr/local/bin/sshfn host principals acme/production/web %u %k")
    {
        Option<bool> singleUse = new(PrincipalsHook.SingleUse) { Description = "Take certificates for one connection: PAM runs host session here" };
        Options.Add(singleUse);
        Arguments.Add(_resource);
        Arguments.Add(_login);
        Arguments.Add(_certificate);
        Run(arguments => PrincipalsHook.Run(
        [
            .. arguments.GetValue(singleUse) ? [PrincipalsHook.SingleUse] : Array.Empty<string>(), arguments.GetValue(_resource)!, arguments.GetValue(_login)!, arguments.GetValue(_certificate)!,
        ]));
    }
}
