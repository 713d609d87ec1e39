using System.Collections.Immutable;

namespace SshFunctions.App.Http;

/// <summary>Every HTTP function of the broker. A test finds one that is missing here.</summary>
internal static class HttpFunctions
{
    public static ImmutableArray<IHttpFunction> All { get; } =
    [
        new GetHealth(),
        new GetOpenApi(),
    ];
}
