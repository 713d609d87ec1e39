using System.Text;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>
/// sshd's configuration as it will be, in a folder of its own: sshd judges it there, so that the real one is never anything but whole.
/// </summary>
internal sealed class ConfigStage : IDisposable
{
    private readonly string _folder = Files.CreateTemporaryFolder();

    /// <summary>Lays it out.</summary>
    /// <param name="paths">Where the real one lies.</param>
    /// <param name="main">The text of its main file, bytes as Latin-1.</param>
    /// <param name="dropIn">The text of our file; null for none.</param>
    /// <returns>The path of the main file here.</returns>
    internal string Prepare(SystemPaths paths, string main, string? dropIn)
    {
        string copy = _folder + "/sshd_config.d";
        Files.DeleteFolder(copy);
        Files.CreateFolder(copy);
        foreach (string file in Files.In(paths.DropInFolder).Where(file => file != paths.DropIn))
            Files.PointTo($"{copy}/{Path.GetFileName(file)}", file);
        if (dropIn is not null)
            Files.Write($"{copy}/{DropIn.FileName}", dropIn, Files.Private);
        string staged = _folder + "/sshd_config";
        Files.Write(staged, Encoding.Latin1.GetBytes(MainConfig.Redirected(main, paths.DropInFolder, copy)), Files.Private);
        return staged;
    }

    public void Dispose() => Files.DeleteFolder(_folder);
}
