using SshFunctions.Api;
using SshFunctions.Support.Proofs;

namespace SshFunctions.App.Tests.Floods;

/// <summary>Headers by which somebody would be somebody or somewhere else.</summary>
[Trait("Proof", "abuse")]
public sealed class HeaderTests(FloodedBroker broker) : IClassFixture<FloodedBroker>
{
    private const int Patience = 60_000;

    [Fact(Timeout = Patience)]
    public async Task Nobody_says_where_they_come_from_while_no_proxy_is_trusted()
    {
        string token = (await broker.Admin.PostAsync<CreateAccessTokenRequest, CreatedAccessTokenResponse>(
            Routes.Tokens, new CreateAccessTokenRequest("elsewhere", Subject: "elsewhere", SourceAddresses: ["192.0.2.0/24"]))).Token;
        string[] claims =
        [
            "X-Forwarded-For: 192.0.2.7", "x-forwarded-for: 192.0.2.7, 127.0.0.2", "X-Forwarded-For: 127.0.0.2\r\nX-Forwarded-For: 192.0.2.7", "Forwarded: for=192.0.2.7",
            "X-Real-IP: 192.0.2.7", "X-Client-IP: 192.0.2.7", "X-Azure-ClientIP: 192.0.2.7", "X-Azure-SocketIP: 192.0.2.7", "CF-Connecting-IP: 192.0.2.7", "True-Client-IP: 192.0.2.7",
            "X-Original-For: 192.0.2.7", "Via: 1.1 192.0.2.7", "X-Forwarded-Host: 192.0.2.7", "X-ProxyUser-Ip: 192.0.2.7",
        ];
        foreach (string claim in claims) await RefusedAsync($"Authorization: Bearer {token}\r\n{claim}", 401);
        // Who App Service signed in, where no App Service is.
        string signedIn = Convert.ToBase64String("""{"auth_typ":"aad","claims":[{"typ":"name","val":"bootstrap"}],"name_typ":"name"}"""u8);
        await RefusedAsync($"X-MS-CLIENT-PRINCIPAL: {signedIn}\r\nX-MS-CLIENT-PRINCIPAL-IDP: aad\r\nX-MS-CLIENT-PRINCIPAL-NAME: bootstrap", 401);
        new ProofFigure("abuse", "headers: claims of another address or caller", claims.Length + 1).Record();
    }

    [Theory(Timeout = Patience)]
    [InlineData("two tokens", "Authorization: Bearer TOKEN\r\nAuthorization: Bearer TOKEN", 401)]
    [InlineData("two tokens in one header", "Authorization: Bearer TOKEN, Bearer TOKEN", 401)]
    [InlineData("a token and a pair", "Authorization: Bearer TOKEN\r\nSshfn-Client-Id: ID\r\nSshfn-Client-Secret: SECRET", 401)]
    [InlineData("half a pair", "Sshfn-Client-Id: ID", 401)]
    [InlineData("two identifiers", "Sshfn-Client-Id: ID\r\nSshfn-Client-Id: ID\r\nSshfn-Client-Secret: SECRET", 401)]
    [InlineData("another scheme", "Authorization: Basic TOKEN", 401)]
    [InlineData("no scheme", "Authorization: TOKEN", 401)]
    [InlineData("a blank within", "Authorization: Bearer TO KEN", 401)]
    [InlineData("the header of a proxy", "Proxy-Authorization: Bearer TOKEN", 401)]
    [InlineData("a cookie", "Cookie: Authorization=Bearer TOKEN", 401)]
    [InlineData("a NUL behind it", "Authorization: Bearer TOKEN\0", 400)]
    [InlineData("a control character", "X-A: \u0001\r\nAuthorization: Bearer TOKEN\u0001", 401)]
    [InlineData("a byte above ASCII", "Authorization: Bearer TOKEN\u00e9", 400)]
    public async Task Lets_nobody_in_with(string what, string headers, int status)
    {
        string[] parts = broker.Token.Split('.');
        await RefusedAsync(headers.Replace("TOKEN", broker.Token, StringComparison.Ordinal).Replace("ID", parts[0], StringComparison.Ordinal).Replace("SECRET", parts[1], StringComparison.Ordinal), status);
        new ProofFigure("abuse", $"headers: {what}", 1).Record();
    }

    [Theory(Timeout = Patience)]
    [InlineData("Host: evil.example.com", 200)]
    [InlineData("Host: b\r\nX-Forwarded-Host: evil.example.com\r\nX-Forwarded-Proto: https", 200)]
    [InlineData("Host: b\r\nHost: evil.example.com", 400)]
    [InlineData("Host: evil.example.com/", 400)]
    [InlineData("Host: b\r\n evil.example.com", 400)]
    [InlineData("X-A: b", 400)]
    public async Task No_answer_repeats_a_host_that_the_request_made_up(string headers, int status)
    {
        foreach (string path in (string[])["/", Routes.SignIn, Routes.SshConfig, Routes.OpenApi, "/api/portal/", Routes.KnownHosts])
        {
            string answer = await RawConnection.ExchangeAsync(broker.Url, $"GET {path} HTTP/1.1\r\n{headers}\r\nConnection: close\r\nAuthorization: Bearer {broker.Token}\r\n\r\n");
            Assert.DoesNotContain("evil", answer, StringComparison.Ordinal);
            if (path == Routes.SignIn) Assert.StartsWith($"HTTP/1.1 {status}", answer, StringComparison.Ordinal);
        }
    }

    private async Task RefusedAsync(string headers, int status)
    {
        string answer = await RawConnection.ExchangeAsync(broker.Url, $"GET /api/me HTTP/1.1\r\nHost: b\r\nConnection: close\r\n{headers}\r\n\r\n");
        Assert.True(answer.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal), $"{headers}\n{answer}");
    }
}
