using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;
using SshFunctions.Hooks.SignIn;

namespace SshFunctions.Hooks.Commands;

/// <summary>Takes the credentials, keys and certificates of this machine away; the token itself lives on at the broker.</summary>
internal sealed class LogoutCommand : SshfnCommand
{
    internal LogoutCommand()
        : base("logout", "Remove the stored token, keys and certificates from this machine", "sshfn logout") =>
        Run((_, cancellationToken) => LogoutAsync(cancellationToken));

    private static async Task<int> LogoutAsync(CancellationToken cancellationToken)
    {
        Folders folders = Folders.Current();
        Ownership.RequireFolder(folders.Config);
        Ownership.RequireFolder(folders.State);
        CredentialStore store = new(folders);
        using FileLock? held = Files.Exists(folders.Credentials) ? FileLock.Take(folders.CredentialsLock) : null;
        OpenIdSession? session = store.FindStored()?.Session;
        bool was = store.Remove();
        foreach (string folder in new[] { folders.Destinations, folders.Failures, folders.Locks, folders.Aliases, folders.Strangers })
            Files.DeleteFolder(folder);
        Files.Delete(folders.Catalog);
        Files.Delete(folders.HostKeys);
        Terminal.Print(was ? "signed out: token, keys and certificates removed" : "was not signed in: keys and certificates removed");
        if (await SessionEnd.TryAsync(session, cancellationToken) is { } ended)
            Terminal.Note(ended);
        if (was)
            Terminal.Hint(session is null
                ? "the token works elsewhere until it expires; to end it: sshfn token remove ID"
                : "the last token works elsewhere until it expires, in minutes");
        return ExitCode.Done;
    }
}
