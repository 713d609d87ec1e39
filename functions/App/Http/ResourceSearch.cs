using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Which resources a request wants to see.</summary>
/// <param name="Below">A path; the root for everything.</param>
/// <param name="Words">Each must be somewhere in a path, a host name or the description; case does not matter.</param>
internal sealed record ResourceSearch(ResourcePath Below, SearchWords Words)
{
    /// <summary>As the OpenAPI document shows it.</summary>
    public static QueryParameter[] Query { get; } =
    [
        new("search", "Words, each of which is somewhere in the path, a host name or the description."),
        new("below", "A project or an environment; everything when absent."),
    ];

    public static Result<ResourceSearch> Read(HttpContext context)
    {
        if (!Requests.Query(context, "search").Try(out QueryValue search, out Refusal? refusal)
            || !Requests.Query(context, "below").Try(out QueryValue below, out refusal)
            || !Fields.Parse<ResourcePath>(below.Text ?? "/", "below", ResourcePath.Rule).Try(out ResourcePath path, out refusal))
            return refusal;
        if (path.Depth == 3) return new Refusal.Invalid("below", $"nothing is below {path}", "name a project or an environment");
        return SearchWords.Read(search.Text ?? "", "search").Try(out SearchWords? words, out refusal) ? new ResourceSearch(path, words) : refusal;
    }
}
