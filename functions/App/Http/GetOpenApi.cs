using SshFunctions.Api;
using SshFunctions.App.Hosting;

namespace SshFunctions.App.Http;

/// <summary>The OpenAPI document of all functions.</summary>
internal sealed class GetOpenApi : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(GetOpenApi),
        "Describes this API.",
        FunctionAccess.Open,
        new FunctionRoute("GET", Routes.OpenApi))
    {
        NeedsBroker = false,
    };

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.OpenApi, AnswerAsync).For(Declaration);

    private static async Task<IResult> AnswerAsync(OpenApiText document) =>
        Results.Bytes(await document.ReadAsync(), Responses.JsonContentType);
}
