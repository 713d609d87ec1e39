using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host;

/// <summary>Reads and writes the small files of a host; one that anybody but root or this user could have changed is not believed.</summary>
internal static class HostFiles
{
    private const int LargestBytes = 64 * 1024;

    internal static HostSettings ReadSettings(HostFolders folders)
    {
        HostSettings settings = Read(folders, folders.Settings, HostJson.Default.HostSettings)
            ?? throw new CommandFailedException(ExitCode.Failed, $"{folders.Settings} does not exist: this machine is not enrolled", "sshfn host enroll --help");
        return settings.Problem() is { } problem ? throw Damaged(folders.Settings, problem) : settings;
    }

    internal static void WriteSettings(HostFolders folders, HostSettings settings) =>
        Files.Write(folders.Settings, ToBytes(settings, HostJson.Default.HostSettings), Files.Readable);

    /// <summary>The state; null when there is none.</summary>
    internal static AgentState? ReadState(HostFolders folders) => Read(folders, folders.State, HostJson.Default.AgentState);

    internal static void WriteState(HostFolders folders, AgentState state) =>
        Files.Write(folders.State, ToBytes(state, HostJson.Default.AgentState), Files.Readable);

    /// <summary>The host's access token; refused when others may read the file.</summary>
    internal static string ReadToken(HostFolders folders)
    {
        RequireReader(folders.Token);
        Ownership.RequireUnchangeable(folders.Folder, folder: true);
        Ownership.RequirePrivateFile(folders.Token);
        return Broker.AccessTokenText.Parse(InputFile.Read(folders.Token, LargestBytes));
    }

    /// <summary>Says kindly that a file is root's alone.</summary>
    internal static void RequireReader(string path)
    {
        if (!Ownership.IsRoot && FileFacts.Of(path) is { Owner: 0 })
            throw new CommandFailedException(ExitCode.Failed, $"{path} is root's, and this user is not root", "run it as root, for example with sudo");
    }

    internal static void WriteToken(HostFolders folders, string token) => Files.Write(folders.Token, token + "\n", Files.Private);

    private static T? Read<T>(HostFolders folders, string path, JsonTypeInfo<T> type)
        where T : class
    {
        if (FileFacts.Of(path) is null)
            return null;
        Ownership.RequireUnchangeable(folders.Folder, folder: true);
        Ownership.RequireUnchangeable(path, folder: false);
        try
        {
            return JsonSerializer.Deserialize(InputFile.Read(path, LargestBytes), type) ?? throw Damaged(path, "it is empty");
        }
        catch (JsonException)
        {
            throw Damaged(path, "it is not the JSON that sshfn wrote");
        }
    }

    private static byte[] ToBytes<T>(T value, JsonTypeInfo<T> type) => [.. JsonSerializer.SerializeToUtf8Bytes(value, type), (byte)'\n'];

    private static CommandFailedException Damaged(string path, string why) =>
        new(ExitCode.Failed, $"{path} is damaged: {why}", "enroll the host again: sshfn host enroll --help");
}
