using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Sessions;

/// <summary>One file for each live session. Its name is made of numbers of ours only, so nobody's login can name a file.</summary>
internal static class SessionFiles
{
    private const int ChanceBytes = 8;
    private const int LargestBytes = 256 * 1024;

    /// <summary>A name for the connection of a monitor.</summary>
    internal static string NewId(int monitor, ulong started) =>
        Prefix(monitor, started) + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(ChanceBytes));

    internal static void Write(HostFolders folders, LiveSession session)
    {
        Ownership.EnsureFolder(folders.RunFolder);
        Ownership.EnsureFolder(folders.Sessions);
        Files.Write(PathOf(folders, session.Id), JsonSerializer.SerializeToUtf8Bytes(session, HostJson.Default.LiveSession), Files.Private);
    }

    internal static void Remove(HostFolders folders, LiveSession session) => Files.Delete(PathOf(folders, session.Id));

    /// <summary>The session of a monitor; null when there is none.</summary>
    internal static LiveSession? Find(HostFolders folders, int monitor, ulong started) =>
        Names(folders).Where(name => name.StartsWith(Prefix(monitor, started), StringComparison.Ordinal))
            .Select(name => Read(folders, name)).FirstOrDefault(session => session is not null);

    /// <summary>The sessions that have a file, but for some; a file that can't be read is left out.</summary>
    internal static IReadOnlyList<LiveSession> AllBut(HostFolders folders, IReadOnlySet<string> ids) =>
        [.. Names(folders).Where(name => !ids.Contains(name)).Select(name => Read(folders, name)).OfType<LiveSession>()];

    /// <summary>The sessions whose monitor is gone.</summary>
    internal static IReadOnlyList<LiveSession> Dead(HostFolders folders) =>
        [.. Names(folders).Where(name => !IsAlive(name)).Select(name => Read(folders, name)).OfType<LiveSession>()];

    /// <summary>Their names.</summary>
    internal static IEnumerable<string> Ids(HostFolders folders) => Names(folders);

    /// <summary>How many there are.</summary>
    internal static int Count(HostFolders folders) => Names(folders).Count();

    private static bool IsAlive(string id) =>
        id.Split('-') is [var monitor, var started, _] && int.TryParse(monitor, CultureInfo.InvariantCulture, out int process)
        && ProcessTable.StartOf(process)?.ToString(CultureInfo.InvariantCulture) == started;

    private static IEnumerable<string> Names(HostFolders folders) =>
        Files.In(folders.Sessions).Select(path => Path.GetFileName(path)).Where(IsId);

    private static LiveSession? Read(HostFolders folders, string name)
    {
        try
        {
            LiveSession? session = JsonSerializer.Deserialize(InputFile.Read(PathOf(folders, name), LargestBytes), HostJson.Default.LiveSession);
            return session?.Id == name ? session : null;
        }
        catch (Exception error) when (error is JsonException or CommandFailedException)
        {
            // Removed in between, or half a file of a machine that lost power.
            return null;
        }
    }

    private static string PathOf(HostFolders folders, string id) => $"{folders.Sessions}/{id}";

    private static string Prefix(int monitor, ulong started) => string.Create(CultureInfo.InvariantCulture, $"{monitor}-{started}-");

    // Not the temporary files beside them.
    private static bool IsId(string name) =>
        name.Split('-') is [var monitor, var started, { Length: ChanceBytes * 2 } chance]
        && monitor.All(char.IsAsciiDigit) && started.All(char.IsAsciiDigit) && chance.All(char.IsAsciiHexDigitLower);
}
