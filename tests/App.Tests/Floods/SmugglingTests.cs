using SshFunctions.Support.Proofs;

namespace SshFunctions.App.Tests.Floods;

/// <summary>Requests of which two servers would see different ends: the broker answers one, and closes.</summary>
/// <remarks>Shapes: RFC 9112, section 6.3 and 11.2; PortSwigger, "HTTP Desync Attacks".</remarks>
[Trait("Proof", "abuse")]
public sealed class SmugglingTests(FloodedBroker broker) : IClassFixture<FloodedBroker>
{
    private const int Patience = 60_000;

    [Theory(Timeout = Patience)]
    [InlineData("two different lengths", "Content-Length: 2\r\nContent-Length: 60\r\n", "{}")]
    [InlineData("two lengths in one", "Content-Length: 2, 60\r\n", "{}")]
    [InlineData("the same length twice", "Content-Length: 2\r\nContent-Length: 2\r\n", "{}")]
    [InlineData("a length with a sign", "Content-Length: +2\r\n", "{}")]
    [InlineData("a negative length", "Content-Length: -2\r\n", "{}")]
    [InlineData("a hexadecimal length", "Content-Length: 0x2\r\n", "{}")]
    [InlineData("a length beyond 64 bits", "Content-Length: 18446744073709551618\r\n", "{}")]
    [InlineData("length and chunks", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("chunks and length", "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("an unknown coding", "Transfer-Encoding: xchunked\r\nContent-Length: 2\r\n", "{}")]
    [InlineData("chunked, not last", "Transfer-Encoding: chunked, identity\r\nContent-Length: 2\r\n", "{}")]
    [InlineData("chunked twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("a blank before the colon", "Transfer-Encoding : chunked\r\nContent-Length: 2\r\n", "{}")]
    [InlineData("a tab before the value", "Transfer-Encoding:\tchunked\r\nContent-Length: 2\r\n", "2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("a vertical tab in the value", "Transfer-Encoding: \vchunked\r\nContent-Length: 2\r\n", "{}")]
    [InlineData("a folded header", "Transfer-Encoding:\r\n chunked\r\nContent-Length: 2\r\n", "{}")]
    [InlineData("a bare line feed", "X-A: b\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n", "{}")]
    [InlineData("a bare carriage return", "X-A: b\rTransfer-Encoding: chunked\r\nContent-Length: 2\r\n", "{}")]
    [InlineData("a NUL in a name", "Transfer\0-Encoding: chunked\r\nContent-Length: 2\r\n", "{}")]
    [InlineData("a chunk size with a sign", "Transfer-Encoding: chunked\r\n", "+2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("a chunk size beyond 64 bits", "Transfer-Encoding: chunked\r\n", "10000000000000002\r\n{}\r\n0\r\n\r\n")]
    [InlineData("a chunk longer than it says", "Transfer-Encoding: chunked\r\n", "1\r\n{}\r\n0\r\n\r\n")]
    [InlineData("a chunk that ends in a line feed", "Transfer-Encoding: chunked\r\n", "2\r\n{}\n0\r\n\r\n")]
    public async Task Answers_no_second_request_within_one_with(string what, string framing, string body)
    {
        // The second one carries an admin's token: if it were a request of its own, it would be answered 200.
        string smuggled = $"GET /api/me HTTP/1.1\r\nHost: b\r\nAuthorization: Bearer {broker.Token}\r\nConnection: close\r\n\r\n";
        using RawConnection connection = await RawConnection.OpenAsync(broker.Url);
        await connection.SendAsync($"POST /api/sign-in/ssh-key HTTP/1.1\r\nHost: b\r\nContent-Type: application/json\r\n{framing}\r\n{body}{smuggled}");
        connection.EndSending();
        string answer = await connection.ReadToEndAsync();

        bool wrong = answer.Contains("\nHTTP/1.1 ", StringComparison.Ordinal) || answer.Contains("\"subject\"", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 2", StringComparison.Ordinal);
        new ProofFigure("abuse", $"smuggling: {what}", 1, wrong ? 1 : 0).Record();
        Assert.False(wrong, $"{what}: {answer}");
        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal), answer);
    }
}
