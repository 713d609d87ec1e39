using System.Net;
using Microsoft.AspNetCore.Http;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http;
using SshFunctions.Core;
using SshFunctions.Core.Policy;
using SshFunctions.Support.Proofs;

namespace SshFunctions.App.Tests.Fuzzing;

[Trait("Proof", "fuzzing")]
public sealed class RequestHeaderFuzzTests
{
    private const int UsualCount = 10000; // A context of the server for each, some microseconds.

    [Fact(Timeout = 1_800_000)]
    public async Task Credentials_addresses_and_pages_are_read_or_refused()
    {
        var proxies = new TrustedProxies([SourceRange.Parse("10.0.0.0/8"), SourceRange.Parse("2001:db8::/32")], TrustedProxies.UsualHeader);
        var proxy = IPAddress.Parse("10.0.0.1");
        var texts = new TextMutator(
            "Bearer abcdefghijkl.secret", "Bearer eyJhbGciOiJFUzI1NiJ9.e30.AAAA", "203.0.113.9, 10.0.0.2", "[2001:db8::5]:443, 198.51.100.7:80", "17-638000000000000000-4-5.17",
            "acme/production/web", "1000", "alice@example.com");
        await new FuzzRun("credentials, proxies' headers, pages") { Usual = UsualCount, BytesPerByte = 128 }.RunAsync(texts.Make, input =>
        {
            string text = TextMutator.ToText(input);
            var context = new DefaultHttpContext();
            context.Request.Headers.Authorization = text;
            context.Request.Headers[TrustedProxies.UsualHeader] = text;
            context.Request.QueryString = new QueryString($"?after={Uri.EscapeDataString(text.Replace('\uD800', 'x'))}&limit={Uri.EscapeDataString(text.Length > 0 && char.IsAsciiDigit(text[0]) ? text[..1] : "x")}");
            return FaultOf(PresentedCredentials.Take(context.Request.Headers)) ?? FaultOf(proxies.SourceOf(proxy, context.Request.Headers)) ?? FaultOfPages(context);
        });
    }

    private static string? FaultOfPages(HttpContext context)
    {
        Result<Paging> read = Paging.Read(context);
        if (!read.Try(out Paging? paging, out _)) return FaultOf(read);
        return FaultOf(paging.AfterName()) ?? FaultOf(paging.AfterRevocation()) ?? FaultOf(paging.AfterPath(3)) ?? FaultOf(JournalQuery.CursorOf(paging));
    }

    private static string? FaultOf<T>(Result<T> result)
        where T : notnull => result.Succeeded || result.Refusal is Refusal.Invalid or Refusal.Unauthenticated ? null : $"refused as {result.Refusal?.GetType().Name}";
}
