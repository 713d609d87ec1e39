using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Tunnels;

/// <summary>The tunnels of this user: per tunnel what it is, the control socket of its ssh, and the log of that.</summary>
/// <remarks>
/// A tunnel is asked and ended through its control socket, which only its own ssh can answer: no process id that may be somebody
/// else's by now is ever signalled. Names are short, because a socket's path is at most 107 bytes. Source: unix(7).
/// </remarks>
internal sealed class TunnelFolder(Folders folders)
{
    private const int NameBytes = 6;
    private const string RecordExtension = ".json";

    internal string Path => folders.Tunnels;

    /// <summary>Only one process at a time opens, closes or cleans.</summary>
    internal FileLock Lock()
    {
        Ownership.EnsureFolder(folders.State);
        Ownership.EnsureFolder(folders.Tunnels);
        return FileLock.Take(folders.Tunnels + "/lock");
    }

    internal static string SocketOf(string id) => NameOf(id) + ".s";

    internal string LogOf(string id) => $"{folders.Tunnels}/{NameOf(id)}.log";

    /// <summary>The tunnels that stand; what is left of others is taken away.</summary>
    internal IReadOnlyList<(Tunnel Tunnel, int Process)> Clean()
    {
        List<(Tunnel, int)> standing = [];
        foreach (string path in Files.In(folders.Tunnels).Where(path => path.EndsWith(RecordExtension, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            if (Read(path) is not { } tunnel)
                Files.Delete(path);
            else if (Process(tunnel.Id) is { } process)
                standing.Add((tunnel, process));
            else
                Remove(tunnel.Id);
        }

        return standing;
    }

    /// <summary>What was opened, whether it stands or not.</summary>
    internal IEnumerable<Tunnel> Records() =>
        Files.In(folders.Tunnels).Where(path => path.EndsWith(RecordExtension, StringComparison.Ordinal)).Select(Read).OfType<Tunnel>();

    /// <summary>The ssh that holds a tunnel open; null when none does.</summary>
    internal int? Process(string id)
    {
        // "Master running (pid=123)" on standard error, with code 0.
        ProgramResult? result = Control(id, "check");
        if (result is not { ExitCode: 0 })
            return null;
        string digits = string.Concat(result.Errors.SkipWhile(unit => unit != '=').Skip(1).TakeWhile(char.IsAsciiDigit));
        return int.TryParse(digits, out int process) ? process : 0;
    }

    internal void Save(Tunnel tunnel) => Files.Write(
        $"{folders.Tunnels}/{NameOf(tunnel.Id)}{RecordExtension}", JsonSerializer.SerializeToUtf8Bytes(tunnel, TunnelJson.Default.Tunnel), Files.Private);

    /// <summary>Ends the ssh of a tunnel and takes its files away.</summary>
    internal void Close(string id)
    {
        Control(id, "exit");
        Remove(id);
    }

    private ProgramResult? Control(string id, string command) =>
        FileFacts.Of($"{folders.Tunnels}/{SocketOf(id)}") is not null ? Programs.RunIn(folders.Tunnels, "ssh", "-F", "none", "-S", SocketOf(id), "-O", command, "tunnel") : null;

    private void Remove(string id)
    {
        foreach (string path in new[] { $"{folders.Tunnels}/{NameOf(id)}{RecordExtension}", $"{folders.Tunnels}/{SocketOf(id)}", LogOf(id) })
            Files.Delete(path);
    }

    private static Tunnel? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(Files.Read(path) ?? "", TunnelJson.Default.Tunnel);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string NameOf(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, NameBytes));
}
