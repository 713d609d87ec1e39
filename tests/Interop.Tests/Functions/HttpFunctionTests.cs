using SshFunctions.Support.Broker;
using SshFunctions.Support.Functions;

namespace SshFunctions.Interop.Tests.Functions;

/// <summary>Every HTTP function through the Functions host.</summary>
public sealed class HttpFunctionTests(ConnectedFunctionApp connected) : IClassFixture<ConnectedFunctionApp>
{
    private readonly FunctionApp _app = connected.App;
    private const int Patience = 270_000;

    // More than the broker takes, fewer than the host does.
    private const int TooManyHeaders = 80;

    // Succeeds with an issuer alone, and a person at its page: Portal.Tests, SignIn.
    private const string NeedsAnIssuer = "BeginSignInWithCode";

    [Fact(Timeout = Patience)]
    public async Task Every_function_and_method_succeeds_once_and_fails_once()
    {
        (string Function, string Method)[] deployed = [.. _app.Host.Functions.Where(function => function.IsProxied).SelectMany(MethodsOf)];
        await new HttpScenario(connected).RunAsync();
        foreach (DeployedFunction function in _app.Host.Functions.Where(function => function.IsProxied)) await FailAsync(function);

        IReadOnlyList<ForwardedRequest> forwarded = _app.Host.Forwarded;
        Assert.All(
            deployed.Where(each => each.Function != NeedsAnIssuer),
            each => Assert.Contains(forwarded, request => Is(request, each) && request.Status is >= 200 and < 300));
        Assert.All(deployed, each => Assert.Contains(forwarded, request => Is(request, each) && request.Status is >= 400 and < 500));
        Assert.DoesNotContain(forwarded, request => request.Status >= 500);
        Assert.Empty(_app.Host.Log.Errors);
    }

    [Fact(Timeout = Patience)]
    public async Task Nothing_below_the_route_prefix_is_there_but_what_is_declared()
    {
        using BrokerApi nobody = _app.As(null);
        foreach (string path in (string[])["/", "/api", "/api/", "/api/nothing", "/health", "/admin/host/status"])
        {
            using HttpResponseMessage answer = await nobody.SendAsync(HttpMethod.Get, path);
            Assert.Equal(404, (int)answer.StatusCode);
        }
    }

    /// <summary>Fails each method: without a credential, or, where none is asked for, with too many headers.</summary>
    private async Task FailAsync(DeployedFunction function)
    {
        string path = "/api/" + System.Text.RegularExpressions.Regex.Replace(function.Setting("route"), @"\{[^}]*\}", "x");
        using BrokerApi nobody = _app.As(null);
        foreach ((_, string method) in MethodsOf(function))
        {
            using HttpResponseMessage answer = await nobody.SendAsync(new HttpMethod(method), path, method == "GET" ? null : "{}");
            if (!answer.IsSuccessStatusCode) continue;
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            for (int header = 0; header < TooManyHeaders; header++) request.Headers.Add($"X-Header-{header}", "x");
            using HttpResponseMessage refused = await nobody.Http.SendAsync(request);
            Assert.Equal(431, (int)refused.StatusCode);
        }
    }

    private static bool Is(ForwardedRequest request, (string Function, string Method) deployed) =>
        (request.Function, request.Method) == deployed;

    private static IEnumerable<(string Function, string Method)> MethodsOf(DeployedFunction function) =>
        function.Trigger.GetProperty("methods").EnumerateArray().Select(method => (function.Name, method.GetString()!.ToUpperInvariant()));
}
