using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.App.Http;
using SshFunctions.App.Tests.Brokers;

namespace SshFunctions.App.Tests.Http;

public sealed class GetOpenApiTests
{
    [Fact(Timeout = 30_000)]
    public async Task Describes_every_declared_operation_and_no_other()
    {
        JsonElement document = await ReadAsync();

        string[] described = [.. document.GetProperty("paths").EnumerateObject().SelectMany(path =>
            path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name} {operation.Value.GetProperty("operationId")}"))];
        string[] declared = [.. HttpFunctions.All.Select(function => function.Declaration).SelectMany(function =>
            function.Routes.Select(route => $"{route.Method} {PathOf(route)} {function.OperationIdOf(route)}"))];
        Assert.Equal(declared.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Has_every_record_of_the_declarations_in_the_contracts_context() => Assert.All(
        HttpFunctions.All.SelectMany(function => function.Declaration.Routes).SelectMany(route => new[] { route.Request, route.Response }).OfType<Type>(),
        type => Assert.NotNull(ApiJson.Default.GetTypeInfo(type)));

    [Fact(Timeout = 30_000)]
    public async Task Describes_body_problems_and_bearer_of_an_authenticated_function()
    {
        JsonElement document = await ReadAsync(new Probe(
            FunctionAccess.Authenticated, "POST", typeof(RegisterKeyRequest), _ => throw new InvalidOperationException("is not called")));

        JsonElement operation = document.GetProperty("paths").GetProperty(Probe.Path).GetProperty("post");
        Assert.Equal("Does what a test wants.", operation.GetProperty("summary").GetString());
        Assert.Equal("#/components/schemas/RegisterKeyRequest", Schema(operation.GetProperty("requestBody"), "application/json"));
        Assert.Equal("#/components/schemas/Problem", Schema(operation.GetProperty("responses").GetProperty("401"), "application/problem+json"));
        Assert.True(operation.GetProperty("security")[0].TryGetProperty("bearer", out _));
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer").GetProperty("scheme").GetString());
    }

    // OpenAPI has no word for a parameter that takes the rest of a path.
    private static string PathOf(FunctionRoute route) => route.Template.Replace("{*", "{", StringComparison.Ordinal);

    private static string? Schema(JsonElement element, string type) =>
        element.GetProperty("content").GetProperty(type).GetProperty("schema").GetProperty("$ref").GetString();

    private static async Task<JsonElement> ReadAsync(params IHttpFunction[] more)
    {
        await using RunningBroker broker = await RunningBroker.StartAsync(more: [.. more]);
        return JsonDocument.Parse(await broker.Http.GetStringAsync(new Uri(Routes.OpenApi, UriKind.Relative))).RootElement;
    }
}
