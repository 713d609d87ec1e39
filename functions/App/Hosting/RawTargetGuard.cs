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
            : Problems.Invalid("The path is not in its plain form.", "send it without backslash, //, dot segments, %2e and %5c").ExecuteAsync(context);
    }

    internal static bool IsPlain(string target)
    {
        int query = target.IndexOf('?', StringComparison.Ordinal);
        string path = query < 0 ? target : target[..query];
        return path.StartsWith('/')
            && !path.EndsWith("/.", StringComparison.Ordinal)
            && !path.EndsWith("/..", StringComparison.Ordinal)
            && !Refused.Any(part => path.Contains(part, StringComparison.OrdinalIgnoreCase));
    }
}
