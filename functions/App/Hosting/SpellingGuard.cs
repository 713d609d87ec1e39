using Microsoft.AspNetCore.Routing.Patterns;

namespace SshFunctions.App.Hosting;

/// <summary>Answers a path in another spelling than its route's as one that leads nowhere: a rule before us may know the one spelling only.</summary>
/// <remarks>Routing takes a path's letters in any case, a slash behind it, and a method in lower case. RFC 9110 and RFC 3986 take them as others.</remarks>
internal sealed class SpellingGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not RouteEndpoint endpoint || (IsMethod(context.Request.Method) && IsSpelt(context.Request.Path.Value ?? "", endpoint.RoutePattern)))
            return next(context);
        return Problems.FromBare(StatusCodes.Status404NotFound, context.Request.Method)!.ExecuteAsync(context);
    }

    internal static bool IsSpelt(string path, RoutePattern pattern)
    {
        string[] given = path.Split('/')[1..];
        for (int at = 0; at < pattern.PathSegments.Count; at++)
        {
            if (pattern.PathSegments[at].Parts is [RoutePatternLiteralPart literal] && (at >= given.Length || given[at] != literal.Content))
                return false;
        }

        bool takesTheRest = pattern.Parameters.Any(parameter => parameter.IsCatchAll);
        return takesTheRest || given.Length <= pattern.PathSegments.Count || (pattern.PathSegments.Count == 0 && path == "/");
    }

    private static bool IsMethod(string method) => !method.Any(char.IsAsciiLetterLower);
}
