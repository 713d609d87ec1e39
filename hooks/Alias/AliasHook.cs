using SshFunctions.Hooks.Hook;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Alias;

/// <summary><c>sshfn alias NAME</c>: makes sure that the file which says what an alias means lies where ssh will read it next.</summary>
/// <remarks>ssh reads its configuration line by line, so an Include below the Match that ran this sees the file. Measured with OpenSSH 9.2.</remarks>
internal static class AliasHook
{
    internal static int Run(ReadOnlySpan<string> arguments)
    {
        if (!HookFolders.TryTake(ref arguments, out Folders? folders) || arguments is not [var alias] || !AliasFile.IsSafe(alias))
            return Rim.Report(new CommandFailedException(ExitCode.Usage, "alias takes a name such as sshfn.web", "sshfn alias sshfn.web"));
        return Rim.RunAsync(() => Task.FromResult(Ensure(folders, alias)), CancellationToken.None).GetAwaiter().GetResult();
    }

    private static int Ensure(Folders folders, string alias)
    {
        Ownership.RequireFolder(folders.State);
        Ownership.RequireFolder(folders.Aliases);
        AliasFolder aliases = new(folders);
        if (new CatalogStore(folders).IsFresh(aliases.PathOf(alias)))
            return ExitCode.Done;
        try
        {
            (Target target, Catalog catalog) = Targets.Find(folders, new ResourceChoice(alias));
            aliases.Write(alias, target, catalog);
            return ExitCode.Done;
        }
        catch (CommandFailedException failure) when (failure.ExitCode is ExitCode.NotFound or ExitCode.Usage)
        {
            aliases.Remove(alias);
            throw;
        }
    }
}
