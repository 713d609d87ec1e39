using System.Text;
using SshFunctions.Hooks.Config;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>A file of the system as somebody else left it, and as it is while the host is enrolled.</summary>
/// <param name="Path">Where.</param>
/// <param name="Original">Null: there was none.</param>
/// <param name="After">Null: there is to be none.</param>
internal sealed record SystemChange(string Path, SystemFile? Original, SystemFile? After)
{
    internal bool IsChange => Original?.Hash != After?.Hash;

    /// <summary>New content for a file that keeps its mode and owner; root's and readable when it is new.</summary>
    internal static SystemChange To(string path, SystemFile? original, string text) =>
        new(path, original, original is null ? SystemFile.OfRoot(Bytes(text)) : original with { Content = Bytes(text) });

    internal string Diff() => LineDiff.Render(Describe(Original, After));

    /// <summary>What somebody changed in a file since it was written.</summary>
    internal static string Diff(string path, SystemFile? written, SystemFile? found) =>
        LineDiff.Render(new FileChange(path, Text(written), Text(found), Files.Readable));

    internal static string? Text(SystemFile? file) => file is null ? null : Encoding.Latin1.GetString(file.Content);

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    private FileChange Describe(SystemFile? before, SystemFile? after) => new(Path, Text(before), Text(after), Files.Readable);
}
