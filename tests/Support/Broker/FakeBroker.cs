using System.Collections.Concurrent;
using System.Net;
using System.Text;
using SshFunctions.Api;
using SshFunctions.Support.Http;

namespace SshFunctions.Support.Broker;

/// <summary>A broker on loopback that speaks the API's records: its certificates are real, its memory is what the test put there.</summary>
public sealed class FakeBroker : IDisposable
{
    /// <summary>The token it takes.</summary>
    public const string Token = "tok_1.c2VjcmV0";

    private readonly HttpListener _listener;
    private readonly Task _serving;
    private readonly ConcurrentQueue<FakeRequest> _requests = new();
    private readonly ConcurrentDictionary<string, Func<FakeRequest, FakeAnswer>> _routes = new();
    private string? _knownHosts;

    /// <summary>Starts it on a free port.</summary>
    public FakeBroker()
    {
        (_listener, Address) = LoopbackListener.Start();
        On("GET", Routes.Me, _ => FakeAnswer.Of(new CallerResponse("person", "alice@example.com", ["staff"], "tok_1", null), ApiJson.Default.CallerResponse));
        On("GET", Routes.Health, _ => FakeAnswer.Of(new HealthResponse("ok", "0.1.0", TimeProvider.System.GetUtcNow()), ApiJson.Default.HealthResponse));
        On("GET", Routes.KnownHosts, _ => new FakeAnswer(200, KnownHosts));
        On("POST", Routes.UserCertificates, request => Authority.Answer(request.Body, KnownHostsFor(request)));
        On("GET", Routes.VisibleResources, _ => FakeAnswer.Of(new Page<ResourceResponse>(Resources, null), ApiJson.Default.PageResourceResponse));
        On("GET", Routes.SshConfig, _ => FakeAnswer.Of(new SshConfigResponse(HostPatterns, ""), ApiJson.Default.SshConfigResponse));
        _serving = Task.Run(ServeAsync);
    }

    /// <summary>Where it listens, without a trailing slash.</summary>
    public string Address { get; }

    /// <summary>Its CA.</summary>
    public FakeAuthority Authority { get; } = new();

    /// <summary>What the caller may see.</summary>
    public IReadOnlyList<ResourceResponse> Resources { get; set; } =
        [new("acme/production/web", [new("web.example.com"), new("git.example.com", 2222)], ["deploy"], "sshd", "", "enabled", null)];

    /// <summary>Which tokens it takes.</summary>
    public Func<string, bool> Knows { get; set; } = token => token == Token;

    /// <summary>Under which every resource lies.</summary>
    public IReadOnlyList<string> HostPatterns { get; set; } = [];

    /// <summary>The keys of hosts; <see cref="PublishHosts"/> gives them a version.</summary>
    public string KnownHosts
    {
        get => _knownHosts ?? $"@cert-authority * {Authority.HostCaKey.ToText()}\n";
        set => _knownHosts = value;
    }

    /// <summary>Puts a version above the host CA key, and lines below it.</summary>
    /// <param name="version">The version.</param>
    /// <param name="further">Further lines.</param>
    public void PublishHosts(string version, string further = "") =>
        KnownHosts = $"# version {version}\n@cert-authority * {Authority.HostCaKey.ToText()} sshfn-host-ca\n{further}";

    /// <summary>Every request so far, in order.</summary>
    public IReadOnlyList<FakeRequest> Requests => [.. _requests];

    /// <summary>How many certificates were asked for.</summary>
    public int Mints => _requests.Count(request => request.Path == Routes.UserCertificates);

    /// <summary>Answers a route; the path is compared without its query.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path.</param>
    /// <param name="answer">What to answer.</param>
    public void On(string method, string path, Func<FakeRequest, FakeAnswer> answer) => _routes[$"{method} {path}"] = answer;

    /// <summary>Stops listening, as a broker does that is away.</summary>
    public void Stop()
    {
        if (_listener.IsListening)
            _listener.Stop();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        _serving.Wait();
        LoopbackListener.End(_listener);
        Authority.Dispose();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            await AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using StreamReader reader = new(context.Request.InputStream);
        FakeRequest request = new(
            context.Request.HttpMethod, context.Request.RawUrl!, context.Request.Headers["Authorization"], await reader.ReadToEndAsync())
        {
            IfNoneMatch = context.Request.Headers["If-None-Match"],
            KnownHostsVersion = context.Request.Headers[Routes.KnownHostsVersionHeader],
        };
        _requests.Enqueue(request);
        FakeAnswer answer = Find(request);
        byte[] body = answer.Bytes ?? Encoding.UTF8.GetBytes(answer.Body);
        context.Response.StatusCode = answer.Status;
        if (answer.Tag is { } tag) context.Response.Headers["ETag"] = tag;
        if (answer.Signature is { } signature) context.Response.Headers[Routes.RevocationListSignatureHeader] = signature;
        context.Response.ContentLength64 = body.Length;
        await context.Response.OutputStream.WriteAsync(body);
        context.Response.Close();
    }

    // As the broker does it, which names a version always.
    private string? KnownHostsFor(FakeRequest request) =>
        request.KnownHostsVersion is { } held && KnownHosts.StartsWith("# version ", StringComparison.Ordinal) && !KnownHosts.StartsWith($"# version {held}\n", StringComparison.Ordinal)
            ? KnownHosts
            : null;

    private FakeAnswer Find(FakeRequest request)
    {
        string path = request.Path.Split('?')[0];
        bool isOpen = path.StartsWith(Routes.TrustBundle, StringComparison.Ordinal) || path == Routes.Health
            || (path == Routes.Hosts && request.Method == "POST")
            || path.StartsWith(Routes.SignIn, StringComparison.Ordinal);
        if (!isOpen && (request.Authorization is not { } credential || !credential.StartsWith("Bearer ", StringComparison.Ordinal)
            || !Knows(credential["Bearer ".Length..])))
            return FakeAnswer.Problem(401, ProblemTypes.Unauthenticated, "The access token is unknown.");
        return _routes.TryGetValue($"{request.Method} {path}", out var answer)
            ? answer(request)
            : FakeAnswer.Problem(404, ProblemTypes.NotFound, $"There is no {request.Method} {path}.");
    }
}
