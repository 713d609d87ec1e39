using SshFunctions.Support.Proofs;

namespace SshFunctions.App.Tests.Floods;

/// <summary>A rule of a proxy on the one spelling of a path holds for what the broker takes.</summary>
[Trait("Proof", "abuse")]
public sealed class SpellingGuardTests(FloodedBroker broker) : IClassFixture<FloodedBroker>
{
    private const int Patience = 60_000;

    [Theory(Timeout = Patience)]
    [InlineData("GET", "/api/me", 200)]
    [InlineData("HEAD", "/api/portal/", 200)]
    [InlineData("GET", "/api/projects/acme?a=%61", 200)]
    [InlineData("GET", "/api/portal/", 200)]
    [InlineData("get", "/api/me", 404)]
    [InlineData("GET", "/API/me", 404)]
    [InlineData("GET", "/api/Me", 404)]
    [InlineData("GET", "/api/me/", 404)]
    [InlineData("GET", "/api/Projects/acme", 404)]
    [InlineData("GET", "/API/portal/", 404)]
    [InlineData("GET", "/api/m%65", 400)]
    [InlineData("GET", "/%61pi/me", 400)]
    [InlineData("GET", "/api/projects/%61cme", 400)]
    [InlineData("GET", "/api/projects/acme%7E", 400)]
    public async Task Takes_a_path_and_a_method_in_one_spelling(string method, string target, int status)
    {
        string answer = await RawConnection.ExchangeAsync(broker.Url, $"{method} {target} HTTP/1.1\r\nHost: b\r\nConnection: close\r\nAuthorization: Bearer {broker.Token}\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        new ProofFigure("abuse", $"spelling: {method} {target}", 1).Record();
    }

    [Fact(Timeout = Patience)]
    public async Task Ends_an_ambiguously_framed_connection_also_when_its_address_asks_too_often()
    {
        const byte Busy = 203;
        string last = "";
        for (int asked = 0; asked < 4000 && !last.StartsWith("HTTP/1.1 429", StringComparison.Ordinal); asked++)
            last = await RawConnection.ExchangeAsync(broker.Url, "GET /api/health HTTP/1.1\r\nHost: b\r\nConnection: close\r\n\r\n", Busy);
        Assert.StartsWith("HTTP/1.1 429", last, StringComparison.Ordinal);
        string answer = await RawConnection.ExchangeAsync(
            broker.Url, "POST /api/sign-in/ssh-key HTTP/1.1\r\nHost: b\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\nGET /api/health HTTP/1.1\r\nHost: b\r\n\r\n", Busy);
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Single(answer.Split("HTTP/1.1 ")[1..]);
    }
}
