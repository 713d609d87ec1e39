using Microsoft.AspNetCore.Http.Metadata;
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
            Describe(builder.Metadata, function, route);
        });
        return endpoint;
    }

    // The framework writes the schemas of the OpenAPI document from these, as references to one component per record.
    private static void Describe(IList<object> metadata, FunctionDeclaration function, FunctionRoute route)
    {
        if (route.Request is { } request)
            metadata.Add(new AcceptsMetadata(["application/json"], request));
        metadata.Add(route.Response is { } response
            ? new ProducesResponseTypeMetadata(route.Status, response, [route.ContentType])
            : new ProducesResponseTypeMetadata(route.Status));
        foreach ((int status, Type body) in OpenApiOperations.ProblemsOf(function, route))
            metadata.Add(new ProducesResponseTypeMetadata(status, body, ["application/problem+json"]));
    }

    public static EndpointDeclaration? Declared(this HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<EndpointDeclaration>();
}
