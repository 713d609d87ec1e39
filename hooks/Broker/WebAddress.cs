using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SshFunctions.Hooks.Broker;

/// <summary>An address that somebody wrote, read without the exceptions that <see cref="Uri"/> has for some.</summary>
internal static class WebAddress
{
    /// <summary>Reads an absolute address whose host can be asked for; false for anything else.</summary>
    internal static bool TryParse(string text, [NotNullWhen(true)] out Uri? address)
    {
        address = null;
        // Uri takes marks of direction out of a text, and then reads behind the end of what is left.
        if (text.Any(IsUnseen) || !Uri.TryCreate(text, UriKind.Absolute, out Uri? read))
            return false;
        try
        {
            // Found only when it is asked for: a host that no name server knows how to spell.
            _ = read.IdnHost;
        }
        catch (UriFormatException)
        {
            return false;
        }

        address = read;
        return true;
    }

    private static bool IsUnseen(char unit) => char.IsControl(unit) || CharUnicodeInfo.GetUnicodeCategory(unit) is UnicodeCategory.Format;
}
