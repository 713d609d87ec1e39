using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SshFunctions.Api;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.App.Http;

namespace SshFunctions.App.Hosting;

/// <summary>Writes into the OpenAPI document what the declarations know and the endpoints do not.</summary>
internal sealed class OpenApiOperations(BrokerProfile profile) : IOpenApiOperationTransformer, IOpenApiDocumentTransformer
{
    private const string Bearer = "bearer";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "sshfn-broker", Version = BrokerVersion.Current };
        document.Servers = profile.PublicUrl is { } url ? [new OpenApiServer { Url = url.AbsoluteUri }] : [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = Bearer,
                Description = $"An access token as ID.SECRET; or in the headers {PresentedCredentials.IdHeader} and {PresentedCredentials.SecretHeader}; or a JSON web token of a configured issuer.",
            },
        };
        return Task.CompletedTask;
    }

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        EndpointDeclaration? declared = context.Description.ActionDescriptor.EndpointMetadata.OfType<EndpointDeclaration>().SingleOrDefault();
        if (declared is null)
            return Task.CompletedTask;

        (FunctionDeclaration function, FunctionRoute route) = declared;
        operation.OperationId = function.OperationIdOf(route);
        operation.Summary = function.Summary;
        operation.Tags = null;
        operation.Parameters = [.. PathParameters(route), .. route.Query.Select(QueryParameter)];
        if (function.Access == FunctionAccess.Authenticated)
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
        return Task.CompletedTask;
    }

    /// <summary>What every route of a function may answer besides success.</summary>
    public static IEnumerable<(int Status, Type Body)> ProblemsOf(FunctionDeclaration function, FunctionRoute route)
    {
        List<int> statuses = [400, 404, 429, 500, 503];
        if (function.Access == FunctionAccess.Authenticated)
            statuses.AddRange([401, 403]);
        if (route.Request is not null)
            statuses.AddRange([413, 415]);
        if (route.Method != "GET")
            statuses.Add(409);
        return statuses.Order().Select(status => (status, typeof(Problem)));
    }

    private static IEnumerable<IOpenApiParameter> PathParameters(FunctionRoute route) => route.Template
        .Split('/')
        .Where(segment => segment.StartsWith('{'))
        .Select(segment => new OpenApiParameter { Name = segment.Trim('{', '}', '*'), In = ParameterLocation.Path, Required = true, Schema = Text() });

    private static OpenApiParameter QueryParameter(QueryParameter parameter) =>
        new() { Name = parameter.Name, In = ParameterLocation.Query, Description = parameter.Description, Schema = Text() };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };
}
