using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Programs;

namespace SshFunctions.Portal.Tests.Files;

public sealed partial class PortalFilesTests : IAsyncLifetime, IDisposable
{
    private const int MostBytes = 200_000;
    private static readonly string Source = Path.Combine(SourceTree.Root, "functions", "App", "wwwroot");

    private readonly TemporaryFolder _folder = new();
    private TestBroker _broker = null!;

    public async Task InitializeAsync() => _broker = await TestBroker.StartAsync(_folder);

    public async Task DisposeAsync() => await _broker.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Serves_every_file_as_it_is_written_with_its_type_and_a_policy_without_exceptions()
    {
        foreach (string name in Names())
        {
            using HttpResponseMessage answer = await GetAsync(name);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(Source, name)), await answer.Content.ReadAsByteArrayAsync());
            string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
            Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Opener-Policy")));
            Assert.Equal(TypeOf(name), answer.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Says_not_modified_to_who_has_the_file_and_answers_head_without_a_body()
    {
        using HttpResponseMessage first = await GetAsync("main.js");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/portal/main.js");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using HttpResponseMessage second = await _broker.Anonymous.Http.SendAsync(again);
        using var head = new HttpRequestMessage(HttpMethod.Head, "/api/portal/main.js");
        using HttpResponseMessage third = await _broker.Anonymous.Http.SendAsync(head);

        Assert.False(first.Headers.ETag!.IsWeak);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(first.Headers.ETag, third.Headers.ETag);
        Assert.Empty(await third.Content.ReadAsByteArrayAsync());
    }

    [Theory(Timeout = 60_000)]
    [InlineData("gzip, deflate, br", true)]
    [InlineData("br, GZIP;q=0.5", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("br", false)]
    public async Task Compresses_for_who_takes_it_under_a_tag_of_its_own(string accepted, bool isCompressed)
    {
        using HttpResponseMessage plain = await GetAsync("main.js");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/portal/main.js");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using HttpResponseMessage answer = await _broker.Anonymous.Http.SendAsync(request);
        byte[] body = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal(isCompressed ? ["gzip"] : [], answer.Content.Headers.ContentEncoding);
        Assert.Equal(!isCompressed, plain.Headers.ETag!.Equals(answer.Headers.ETag));
        Assert.Equal("Accept-Encoding", Assert.Single(answer.Headers.Vary));
        using Stream read = isCompressed ? new GZipStream(new MemoryStream(body), CompressionMode.Decompress) : new MemoryStream(body);
        using var whole = new MemoryStream();
        await read.CopyToAsync(whole);
        Assert.Equal(await plain.Content.ReadAsByteArrayAsync(), whole.ToArray());
    }

    [Theory(Timeout = 60_000)]
    [InlineData("nothing.js")]
    [InlineData("../health")]
    [InlineData("%2e%2e/health")]
    [InlineData("..%2fhealth")]
    [InlineData("parts/../main.js")]
    [InlineData("parts/")]
    [InlineData("parts")]
    [InlineData("/main.js")]
    [InlineData("MAIN.JS")]
    [InlineData("parts%5celement.js")]
    public async Task Finds_no_file_by_a_path_that_is_not_its_name(string path)
    {
        string answer = await RawAsync($"/api/portal/{path}");

        Assert.Matches("^HTTP/1.1 (400|404) ", answer);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("/", "api/portal/")]
    [InlineData("/api/portal", "portal/")]
    [InlineData("/api/portal?code=x", "portal/?code=x")]
    public async Task Leads_to_the_portal_by_an_address_that_a_proxy_may_put_below_a_path(string path, string location) =>
        Assert.Contains($"\r\nLocation: {location}\r\n", await RawAsync(path), StringComparison.Ordinal);

    [Fact]
    public void Weighs_less_than_two_hundred_kilobytes() =>
        Assert.InRange(Names().Sum(name => new FileInfo(Path.Combine(Source, name)).Length), 1, MostBytes);

    [Fact]
    public void Names_every_module_in_the_page_so_that_none_waits_for_another() =>
        Assert.Equal(
            Names().Where(name => name.EndsWith(".js", StringComparison.Ordinal) && name != "main.js").Order(StringComparer.Ordinal),
            Preloads().Matches(File.ReadAllText(Path.Combine(Source, "index.html"))).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));

    [Fact]
    public void Has_no_way_to_turn_a_text_into_markup_or_code() => Assert.All(
        Names().Where(name => name.EndsWith(".js", StringComparison.Ordinal)),
        name => Assert.DoesNotMatch(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\(|new Function|srcdoc", File.ReadAllText(Path.Combine(Source, name))));

    private static IEnumerable<string> Names() =>
        Directory.GetFiles(Source, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Source, file));

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".js" => "text/javascript",
        ".css" => "text/css",
        ".svg" => "image/svg+xml",
        _ => "text/html",
    };

    private Task<HttpResponseMessage> GetAsync(string name) => _broker.Anonymous.Http.GetAsync(new Uri($"/api/portal/{name}", UriKind.Relative));

    /// <summary>As it is written: an HTTP client would tidy the path.</summary>
    private async Task<string> RawAsync(string path)
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(_broker.Url.Host, _broker.Url.Port);
        await using System.Net.Sockets.NetworkStream stream = client.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {_broker.Url.Authority}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    [GeneratedRegex("modulepreload\" href=\"([^\"]+)\"")]
    private static partial Regex Preloads();
}
