using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Hook;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Doctor;

/// <summary>Modes and owners, and the certificates at hand.</summary>
internal static class FileChecks
{
    internal static IEnumerable<Finding> Run(Folders folders)
    {
        foreach ((string path, bool isFolder) in new[] { (folders.Config, true), (folders.Credentials, false), (folders.State, true) })
        {
            if (FileFacts.Of(path) is null)
                continue;
            yield return Ownership.Problem(path, isFolder) is { } problem
                ? Finding.Fail($"{path} {problem}", $"chown it to yourself and chmod go= {path}")
                : Finding.Ok($"{path} is yours alone");
        }

        foreach (string name in Files.FolderNames(folders.Destinations).Order(StringComparer.Ordinal))
        {
            Generations generations = new(folders, name);
            if (!generations.Any)
                continue;
            Validity? validity = generations.CurrentValidity();
            bool holds = validity?.HoldsAt(Clock.Now) == true;
            yield return Finding.Ok(holds ? $"certificate for {name} until {Moment.Text(validity!.Value.Before)}" : $"no certificate for {name} now; ssh fetches one");
        }
    }
}
