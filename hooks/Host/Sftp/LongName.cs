using System.Globalization;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Sftp;

/// <summary>A line as <c>ls -l</c> prints it, in UTC, with numbers for owners: the password file is beyond the wall.</summary>
/// <remarks>Source: draft-ietf-secsh-filexfer-02 section 7, "longname".</remarks>
internal static class LongName
{
    private const string Letters = "rwxrwxrwx";

    /// <summary>The part before the name, a space at its end.</summary>
    internal static string Before(in FileState state)
    {
        DateTime modified = DateTime.UnixEpoch.AddSeconds(Math.Clamp(state.Modified, 0, uint.MaxValue));
        string time = modified.ToString("MMM dd yyyy", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{Mode(state)} {state.Links,4} {state.User,-8} {state.Group,-8} {state.Size,12} {time} ");
    }

    private static string Mode(in FileState state)
    {
        Span<char> text = stackalloc char[Letters.Length + 1];
        text[0] = state.IsFolder ? 'd' : state.IsLink ? 'l' : state.IsFile ? '-' : '?';
        for (int bit = 0; bit < Letters.Length; bit++)
            text[bit + 1] = (state.Mode >> (Letters.Length - 1 - bit) & 1) != 0 ? Letters[bit] : '-';
        return text.ToString();
    }
}
