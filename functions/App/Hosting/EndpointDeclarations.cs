using SshFunctions.App.Http;

namespace SshFunctions.App.Hosting;

/// <summary>Attaches declarations to endpoints, and finds them again.</summary>
internal static class EndpointDeclarations
{
    /// <summary>Says for which declared route an endpoint was mapped; the build of the host fails when the declaration has no such route.</summary>
    public static TBuilder For<TBuilder>(this TBuilder endpoint, FunctionDeclaration function)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Finally(builder =>
        {
            string? template = (builder as RouteEndpointBuilder)?.RoutePattern.RawText;
            IReadOnlyList<string> methods = builder.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault()?.HttpMethods ?? [];
            FunctionRoute route = function.Routes.FirstOrDefault(route => route.Template == template && methods is [var method] && route.Method == method)
                ?? throw new InvalidOperationException($"{function.Name} maps {string.Join(',', methods)} {template}, which it does not declare");
            builder.Metadata.Add(new EndpointDeclaration(function, route));
        });
        return endpoint;
    }

    public static EndpointDeclaration? Declared(this HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<EndpointDeclaration>();
}
