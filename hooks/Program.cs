using SshFunctions.Hooks.Alias;
using SshFunctions.Hooks.Commands;
using SshFunctions.Hooks.Connect;
using SshFunctions.Hooks.Hook;
using SshFunctions.Hooks.Host;
using SshFunctions.Hooks.Host.Callbacks;
using SshFunctions.Hooks.Host.Sftp;

// The hooks come first: `git-ssh` and a warm `cert` or `alias` must not pay for loading anything else.
return args switch
{
    ["cert", not ("--help" or "-h" or "-?"), ..] => CertificateHook.Run(args.AsSpan(1)),
    ["host", "principals", not ("--help" or "-h" or "-?"), ..] => PrincipalsHook.Run(args.AsSpan(2)),
    ["host", "authorized-keys", not ("--help" or "-h" or "-?"), ..] => AuthorizedKeysHook.Run(args.AsSpan(2)),
    ["host", "passcode", ..] when args is not [_, _, "--help" or "-h" or "-?", ..] => PasscodeHook.Run(args.AsSpan(2)),
    ["host", "session", ..] when args is not [_, _, "--help" or "-h" or "-?", ..] => SessionHook.Run(args.AsSpan(2)),
    ["host", "sftp", not ("--help" or "-h" or "-?")] => ServeFolderHook.Run(args[2]),
    ["git-ssh", not ("--help" or "-h" or "-?"), ..] => GitSshHook.Run(),
    ["alias", not ("--help" or "-h" or "-?"), ..] => AliasHook.Run(args.AsSpan(1)),
    ["ssh", not ("--help" or "-h" or "-?"), ..] => SshHook.Run(),
    ["sftp", not ("--help" or "-h" or "-?"), ..] => SftpHook.Run(),
    ["scp", not ("--help" or "-h" or "-?"), ..] => ScpHook.Run(),
    _ => await CommandTree.RunAsync(args),
};
