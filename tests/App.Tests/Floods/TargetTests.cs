using SshFunctions.Api;
using SshFunctions.Support.Proofs;

namespace SshFunctions.App.Tests.Floods;

/// <summary>Targets that one server reads as another path than the next.</summary>
[Trait("Proof", "abuse")]
public sealed class TargetTests(FloodedBroker broker) : IClassFixture<FloodedBroker>
{
    private const int Patience = 60_000;

    private static readonly string[] Tricks =
    [
        "/api/health/../me", "/api/./me", "/api//me", "//api/me", "/api/health/%2e%2e/me", "/api/%2e/me", "/api/health/..%2fme", "/api/health%2f..%2fme",
        "/api%2fme", "/api/me%2f", "/api/me/.", "/api/me/..", "/api/me;a=b", "/api;a=b/me", "/api/me%00", "/api/me%00.json", "/api/m%65%00", "/api/me\0",
        "/api/health%c0%ae%c0%ae/me", "/api/%c0%af/me", "/api/me%ff", "/api/\xff/me", "/api/me.", "/api/me..", "/api/me%20", "/api/me%09", "/api/me%0d%0a",
        "/api\\me", "/api/%5cme", "/api/portal/..%5c..%5cme", "/api/portal/../me", "/api/portal/%2e%2e/me", "/api/portal/..;/me", "/api/portal/..%252fme",
        "/api/portal/..%2f..%2f..%2f..%2fetc/passwd", "/api/portal/....//....//etc/passwd", "/api/portal/%2fetc%2fpasswd", "/api/portal//etc/passwd",
        "http://broker/api/me", "https://evil.example.com/api/me", "http://127.0.0.1:1/api/me", "file:///etc/passwd", "*", "api/me", "?/api/me", "#/api/me",
        "/api/me#fragment", "/api/me/", "/API/ME", "/api/hosts/x/../../me", "/api/audit/%2e%2e/me", "/%61pi/me", "/api/%6de", "/api/me%3fx=y",
    ];

    [Fact(Timeout = Patience)]
    public async Task No_target_leads_anybody_in_or_out_of_the_folder_of_the_portal()
    {
        var wrong = new List<string>();
        string[] methods = ["GET", "HEAD", "POST", "OPTIONS", "TRACE", "CONNECT", "get", "PROPFIND", "G\0T"];
        string[] targets = [.. Tricks, "/api/" + new string('a', 7000), "/api/" + string.Concat(Enumerable.Repeat("a/", 3000)), "/api/" + string.Concat(Enumerable.Repeat("%2e", 2500)), "/" + new string('a', 100_000)];
        foreach ((string target, string method) in targets.SelectMany(target => methods.Select(method => (target, method))))
        {
            string answer = await RawConnection.ExchangeAsync(broker.Url, $"{method} {target} HTTP/1.1\r\nHost: b\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            if (!answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal) || answer.Contains("root:", StringComparison.Ordinal))
                wrong.Add($"{method} {(target.Length > 100 ? target[..100] : target)}: {answer.Split("\r\n")[0]}");
        }

        new ProofFigure("abuse", "paths: targets × methods without a credential", targets.Length * methods.Length, wrong.Count).Record();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(1, await broker.WorkAsync());
    }

    [Fact(Timeout = Patience)]
    public async Task A_method_is_what_the_first_line_says()
    {
        foreach (string header in (string[])["X-HTTP-Method-Override: DELETE", "X-HTTP-Method: DELETE", "X-Method-Override: DELETE"])
        {
            string answer = await RawConnection.ExchangeAsync(
                broker.Url, $"GET /api/projects/acme?_method=DELETE HTTP/1.1\r\nHost: b\r\nConnection: close\r\nAuthorization: Bearer {broker.Token}\r\n{header}\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        }

        Assert.Equal("acme", (await broker.Admin.GetAsync<ProjectResponse>("/api/projects/acme")).Path);
    }
}
