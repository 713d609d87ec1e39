using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands;

/// <summary>Takes the credentials, keys and certificates of this machine away; the token itself lives on at the broker.</summary>
internal sealed class LogoutCommand : SshfnCommand
{
    internal LogoutCommand()
        : base("logout", "Remove the stored token, keys and certificates from this machine", "sshfn logout") =>
        Run(_ => Logout());

    private static int Logout()
    {
        Folders folders = Folders.Current();
        Ownership.RequireFolder(folders.Config);
        Ownership.RequireFolder(folders.State);
        bool was = new CredentialStore(folders).Remove();
        foreach (string folder in new[] { folders.Destinations, folders.Failures, folders.Locks, folders.Aliases, folders.Strangers })
            Files.DeleteFolder(folder);
        Files.Delete(folders.Catalog);
        Terminal.Print(was ? "signed out: token, keys and certificates removed" : "was not signed in: keys and certificates removed");
        if (was)
            Terminal.Hint("the token works elsewhere until it expires; to end it: sshfn token remove ID");
        return ExitCode.Done;
    }
}
