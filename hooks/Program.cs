using SshFunctions.Hooks;
using SshFunctions.Hooks.Alias;
using SshFunctions.Hooks.Commands;
using SshFunctions.Hooks.Connect;
using SshFunctions.Hooks.Hook;
using SshFunctions.Hooks.Host;
using SshFunctions.Hooks.Host.Callbacks;
using SshFunctions.Hooks.Host.Sftp;
using SshFunctions.Hooks.Outside;

InheritedFiles.EnsureStandard();

// The hooks come first: `git-ssh` and a warm `cert` or `alias` must not pay for loading anything else.
return await Rim.RunAsync(() => args switch
{
    ["cert", not ("--help" or "-h" or "-?"), ..] => Task.FromResult(CertificateHook.Run(args.AsSpan(1))),
    ["host", "principals", not ("--help" or "-h" or "-?"), ..] => Task.FromResult(PrincipalsHook.Run(args.AsSpan(2))),
    ["host", "authorized-keys", not ("--help" or "-h" or "-?"), ..] => Task.FromResult(AuthorizedKeysHook.Run(args.AsSpan(2))),
    ["host", "passcode", ..] when args is not [_, _, "--help" or "-h" or "-?", ..] => Task.FromResult(PasscodeHook.Run(args.AsSpan(2))),
    ["host", "session", ..] when args is not [_, _, "--help" or "-h" or "-?", ..] => Task.FromResult(SessionHook.Run(args.AsSpan(2))),
    ["host", "sftp", not ("--help" or "-h" or "-?")] => Task.FromResult(ServeFolderHook.Run(args[2])),
    ["git-ssh", not ("--help" or "-h" or "-?"), ..] => Task.FromResult(GitSshHook.Run()),
    ["alias", not ("--help" or "-h" or "-?"), ..] => Task.FromResult(AliasHook.Run(args.AsSpan(1))),
    ["ssh", not ("--help" or "-h" or "-?"), ..] => Task.FromResult(SshHook.Run()),
    ["sftp", not ("--help" or "-h" or "-?"), ..] => Task.FromResult(SftpHook.Run()),
    ["scp", not ("--help" or "-h" or "-?"), ..] => Task.FromResult(ScpHook.Run()),
    _ => CommandTree.RunAsync(args),
}, CancellationToken.None);
