using System.Globalization;
using Microsoft.AspNetCore.Http.Features;

namespace SshFunctions.App.Hosting;

/// <summary>Refuses request targets that one server reads differently from the next: a rule before us would judge another path.</summary>
internal sealed class RawTargetGuard(RequestDelegate next)
{
    private static readonly string[] Refused = ["\\", "//", "%2e", "%5c", "/./", "/../"];

    public Task InvokeAsync(HttpContext context)
    {
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return IsPlain(target)
            ? next(context)
            : Problems.Invalid("The path is not in its plain form.", "send it without backslash, //, dot segments, %5c, and escapes of letters, digits, '-', '.', '_' and '~'").ExecuteAsync(context);
    }

    internal static bool IsPlain(string target)
    {
        int query = target.IndexOf('?', StringComparison.Ordinal);
        string path = query < 0 ? target : target[..query];
        return path.StartsWith('/')
            && !path.EndsWith("/.", StringComparison.Ordinal)
            && !path.EndsWith("/..", StringComparison.Ordinal)
            && !Refused.Any(part => path.Contains(part, StringComparison.OrdinalIgnoreCase))
            && !HidesPlainCharacter(path);
    }

    // RFC 3986, section 6.2.2.2: what needs no escape means the same with one, so whoever writes one hopes that somebody reads it otherwise.
    private static bool HidesPlainCharacter(string path)
    {
        for (int at = path.IndexOf('%', StringComparison.Ordinal); at >= 0; at = path.IndexOf('%', at + 1))
        {
            if (byte.TryParse(path.AsSpan(at + 1, Math.Min(2, path.Length - at - 1)), NumberStyles.AllowHexSpecifier, null, out byte unit)
                && (char.IsAsciiLetterOrDigit((char)unit) || unit is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~'))
                return true;
        }

        return false;
    }
}
