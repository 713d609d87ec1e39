using System.CommandLine;
using SshFunctions.Hooks.Host.Callbacks;

namespace SshFunctions.Hooks.Commands.Host;

/// <summary>The help page of sshd's key callback; the callback itself is dispatched before any of this is loaded.</summary>
internal sealed class AuthorizedKeysCommand : SshfnCommand
{
    private readonly Argument<string> _login = new("login") { Description = "Account that a client wants, sshd's %u" };
    private readonly Argument<string> _type = new("type") { Description = "Type of the key that it offers, sshd's %t" };
    private readonly Argument<string> _key = new("key") { Description = "The key, sshd's %k" };

    internal AuthorizedKeysCommand()
        : base(
            "authorized-keys",
            "Print the registered key that may enter as a login now (sshd runs this)",
            "AuthorizedKeysCommand /usr/local/bin/sshfn host authorized-keys %u %t %k")
    {
        HostCommandOptions folders = new(this);
        Arguments.Add(_login);
        Arguments.Add(_type);
        Arguments.Add(_key);
        Run(arguments => AuthorizedKeysHook.Run(
            [.. folders.ToArguments(arguments), arguments.GetValue(_login)!, arguments.GetValue(_type)!, arguments.GetValue(_key)!]));
    }
}
