using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace SshFunctions.Support.Functions;

/// <summary>The public address of the app: routes as the functions declare them, below the route prefix; nothing else is there.</summary>
internal sealed class HttpFront : IAsyncDisposable
{
    private const long MaximumBodyBytes = 100 * 1024 * 1024;
    private static readonly string[] EveryMethod = ["GET", "POST", "DELETE", "HEAD", "PATCH", "PUT", "OPTIONS", "TRACE"];
    private readonly WebApplication _app;

    private HttpFront(WebApplication app)
    {
        _app = app;
        Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public Uri Url { get; }

    public static async Task<HttpFront> StartAsync(
        IEnumerable<DeployedFunction> functions, string routePrefix, RequestForwarder forwarder, Action<ForwardedRequest> log, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = MaximumBodyBytes;
            kestrel.AddServerHeader = false;
        });
        WebApplication app = builder.Build();
        app.UseRouting();
        foreach (DeployedFunction function in functions)
        {
            if (!function.IsProxied) throw new NotSupportedException($"{function.Name} has other bindings than one HTTP trigger and one HTTP answer");
            app.MapMethods($"/{routePrefix}/{function.Setting("route")}", MethodsOf(function), (RequestDelegate)(async context =>
            {
                await forwarder.ForwardAsync(context);
                log(new ForwardedRequest(function.Name, context.Request.Method, context.Response.StatusCode));
            }));
        }

        await app.StartAsync(cancellationToken);
        return new HttpFront(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static IEnumerable<string> MethodsOf(DeployedFunction function) => function.Trigger.TryGetProperty("methods", out var methods)
        ? methods.EnumerateArray().Select(method => method.GetString()!.ToUpperInvariant())
        : EveryMethod;
}
