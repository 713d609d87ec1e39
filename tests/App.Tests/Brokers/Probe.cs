using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http;

namespace SshFunctions.App.Tests.Brokers;

/// <summary>A function that does what a test wants, under <c>/api/probe</c>.</summary>
internal sealed class Probe(
    FunctionAccess access, string method, Type? request, Func<HttpContext, Task<IResult>> handle, bool forHosts = false, bool askedByStrangers = false) : IHttpFunction
{
    public const string Path = "/api/probe";

    public FunctionDeclaration Declaration { get; } =
        new(nameof(Probe), "Does what a test wants.", access, new FunctionRoute(method, Path) { Request = request })
        {
            ForHosts = forHosts,
            AskedByStrangers = askedByStrangers,
        };

    public static Probe Get(Func<HttpContext, Task<IResult>> handle) => new(FunctionAccess.Open, "GET", null, handle);

    public static Probe Post<T>()
        where T : class =>
        new(FunctionAccess.Open, "POST", typeof(T), async context =>
            (await Requests.ReadAsync<T>(context, context.RequestAborted)).Try(out T? body, out var refusal) ? Responses.Ok(body) : Problems.From(refusal));

    public static Probe ForCallers(bool forHosts = false, bool askedByStrangers = false) =>
        new(FunctionAccess.Authenticated, "GET", null, context => Task.FromResult(Results.Text(context.Caller().Subject.Text)), forHosts, askedByStrangers);

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods(Path, [method], (Delegate)handle).For(Declaration);
}
