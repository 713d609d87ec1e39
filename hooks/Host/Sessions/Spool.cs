using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Sessions;

/// <summary>What the broker is to be told: a file each, oldest first by name, removed once the broker has it, set aside when it never will.</summary>
internal static class Spool
{
    private const string Suffix = ".json";
    private const string AsideSuffix = ".refused";
    private const int MostAside = 1000;
    private const int ChanceBytes = 4;
    private const int LargestBytes = 256 * 1024;

    internal static void Add(HostFolders folders, SessionEvent happened) => Add(folders, new SpoolEntry(Session: happened), happened.Time);

    internal static void Add(HostFolders folders, HostAlarm alarm) => Add(folders, new SpoolEntry(Alarm: alarm), alarm.Time);

    /// <summary>How many wait.</summary>
    internal static int Count(HostFolders folders) => Paths(folders, Suffix).Length;

    /// <summary>What waits, oldest first, at most so many.</summary>
    internal static IReadOnlyList<SpooledFile> Read(HostFolders folders, int most) =>
        [.. Paths(folders, Suffix).Take(most).Select(path => new SpooledFile(path, Parse(path)))];

    internal static void Remove(string path) => Files.Delete(path);

    /// <summary>Keeps one for whoever looks into it, out of the way of the others; the newest 1,000 of them are kept.</summary>
    internal static void SetAside(HostFolders folders, string path)
    {
        Files.Rename(path, path + AsideSuffix);
        foreach (string old in Paths(folders, AsideSuffix).SkipLast(MostAside))
            Files.Delete(old);
    }

    private static void Add(HostFolders folders, SpoolEntry entry, DateTimeOffset time)
    {
        Ownership.EnsureFolder(folders.RunFolder);
        Ownership.EnsureFolder(folders.Spool);
        string name = string.Create(
            CultureInfo.InvariantCulture, $"{time.ToUnixTimeMilliseconds():D16}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(ChanceBytes))}{Suffix}");
        Files.Write($"{folders.Spool}/{name}", JsonSerializer.SerializeToUtf8Bytes(entry, HostJson.Default.SpoolEntry), Files.Private);
    }

    private static string[] Paths(HostFolders folders, string suffix) =>
        [.. Files.In(folders.Spool).Where(path => path.EndsWith(suffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static SpoolEntry? Parse(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(InputFile.Read(path, LargestBytes), HostJson.Default.SpoolEntry);
        }
        catch (Exception error) when (error is JsonException or CommandFailedException)
        {
            return null;
        }
    }
}
