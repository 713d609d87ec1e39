using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Config;

/// <summary>One file as it is and as it will be; texts are bytes as Latin-1, null means no file.</summary>
internal sealed record FileChange(string Path, string? Before, string? After, UnixFileMode Mode)
{
    internal bool IsChange => Before != After;

    internal string Verb => (Before, After) switch
    {
        _ when !IsChange => "unchanged",
        (null, _) => "created",
        (_, null) => "removed",
        _ => "changed",
    };

    internal static FileChange To(string path, string? after, UnixFileMode mode)
    {
        string? before = Files.ReadBytesAsText(path);
        return new(path, before, after, before is null ? mode : Files.Mode(path));
    }

    internal static FileChange ToUtf8(string path, string? after, UnixFileMode mode) =>
        To(path, after is null ? null : System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes(after)), mode);

    internal void Apply()
    {
        if (!IsChange)
            return;
        if (After is null)
            Files.Delete(Path);
        else
            Files.Write(Path, System.Text.Encoding.Latin1.GetBytes(After), Mode);
    }
}
