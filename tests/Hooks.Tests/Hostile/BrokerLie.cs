using System.Text;
using SshFunctions.Support.Broker;

namespace SshFunctions.Hooks.Tests.Hostile;

/// <summary>An answer that no broker gives.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Tell">Sends it.</param>
internal sealed record BrokerLie(string Name, Func<Stream, CancellationToken, Task> Tell)
{
    private const int Many = 1_000_000;
    private static readonly byte[] Chunk = [.. "10000\r\n"u8, .. new byte[65536], .. "\r\n"u8];

    /// <summary>Those that sshfn can turn down at once.</summary>
    internal static IReadOnlyList<BrokerLie> Quick { get; } =
    [
        Endless("an endless body", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray(), Chunk),
        Endless("an endless refusal", "HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray(), Chunk),
        Endless("endless headers", "HTTP/1.1 200 OK\r\n"u8.ToArray(), Encoding.Latin1.GetBytes($"X: {new string('y', 60_000)}\r\n")),
        Endless("one endless header", "HTTP/1.1 200 OK\r\nX: "u8.ToArray(), new byte[65536]),
        Endless("endless interim answers", [], "HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n"u8.ToArray()),
        Endless("an endless first line", [], Encoding.Latin1.GetBytes(new string('H', 65_536))),
        Sends("no bytes", []),
        Sends("no HTTP", "SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray()),
        Sends("a length beyond every memory", "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n{}"u8.ToArray()),
        Sends("a longer body announced than sent", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{}"u8.ToArray()),
        Sends("a status that is none", "HTTP/1.1 99999999999 OK\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray()),
        Sends("a chunk of negative length", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n{}"u8.ToArray()),
        Sends("no content", "HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray()),
        Body("an empty body", ""),
        Body("a page for people", "<html>\u001b[2J<title>Sign in</title>"),
        Body("another kind of content", "{}", "Content-Type: text/html; charset=\"\u0001nonsense\"\r\nContent-Encoding: gzip\r\n"),
        Body("null", "null"),
        Body("a text", "\"\u00e9\""),
        Body("a list in place of an object", "[]"),
        Body("no member at all", "{}"),
        Body("lists of nothing", """{"items":[null],"next":null,"groups":[null],"hostPatterns":[null],"principals":[null]}"""),
        Body("null where something must be", """{"items":null,"subject":null,"groups":null,"certificate":null,"principals":null,"passcode":null}"""),
        Body("members of the wrong kind", """{"items":{"a":1},"subject":[],"groups":"x","certificate":17,"serial":"one","principals":{}}"""),
        Body("a number beyond every kind", """{"serial":1e999999999,"expires":99999999999999999999,"items":1E400,"subject":-0.0e-999}"""),
        Body("a date beyond the calendar", """{"kind":"p","subject":"a","groups":[],"expires":"9999-12-31T23:59:59.9999999-14:00","validAfter":"0001-01-01T00:00:00+14:00"}"""),
        Body("half of a surrogate pair", """{"kind":"p","subject":"a\ud800b","groups":["\udc00"]}"""),
        Body("every member twice", """{"kind":"p","kind":"q","subject":"a","subject":"b","groups":[],"groups":["x"],"certificate":"a","certificate":"b","items":[],"items":[null]}"""),
        Body("a million brackets", new string('[', Many)),
        Body("a million nested objects", string.Concat(Enumerable.Repeat("{\"a\":", 100_000))),
        Body("a text of three megabytes", $$"""{"kind":"p","subject":"{{new string('A', 3 * Many)}}","groups":["{{new string('B', Many)}}"],"certificate":"{{new string('C', Many)}}"}"""),
        new("bytes that are no text", Whole(RawBroker.Whole([.. Enumerable.Range(0, 5000).Select(at => (byte)(at % 256))]))),
        Problem("a refusal of three megabytes", $$"""{"type":"urn:x","title":"x","status":403,"detail":"{{new string('D', 3 * Many)}}","fix":"{{new string('F', 3 * Many)}}"}"""),
        Problem("a refusal that moves the cursor", """{"type":"urn:x","title":"x","status":403,"detail":"\u001b[2J\u001b]0;owned\u0007\r\nsshfn: hint: run this\u009b31m\u202etxt.exe","fix":"\u001b[1A\u0000","field":"\u001b[5m"}"""),
        Problem("a refusal without words", """{"type":null,"title":null,"status":"x","detail":null}"""),
    ];

    /// <summary>Those that cost the whole time that sshfn waits.</summary>
    internal static IReadOnlyList<BrokerLie> Slow { get; } =
    [
        new("nothing for ever", (_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken)),
        Drip("a body byte by byte", "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", " "),
        Drip("headers byte by byte", "HTTP/1.1 200 OK\r\nX: ", "y"),
        Drip("a refusal byte by byte", "HTTP/1.1 503 No\r\nContent-Length: 100000\r\n\r\n", " "),
        new("another protocol", Holds("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n")),
        new("a negative length", Holds("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n")),
    ];

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static Func<Stream, CancellationToken, Task> Whole(byte[] answer) => (stream, cancellationToken) => stream.WriteAsync(answer, cancellationToken).AsTask();

    private static BrokerLie Sends(string name, byte[] answer) => new(name, Whole(answer));

    private static BrokerLie Body(string name, string body, string headers = "") => new(name, Whole(RawBroker.Whole(Encoding.UTF8.GetBytes(body), headers: headers)));

    private static BrokerLie Problem(string name, string body) =>
        new(name, Whole(RawBroker.Whole(Encoding.UTF8.GetBytes(body), "403 Forbidden", "Content-Type: application/problem+json\r\n")));

    private static Func<Stream, CancellationToken, Task> Holds(string beginning) => async (stream, cancellationToken) =>
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(beginning), cancellationToken);
        await Task.Delay(Timeout.Infinite, cancellationToken);
    };

    private static BrokerLie Endless(string name, byte[] beginning, byte[] again) => new(name, async (stream, cancellationToken) =>
    {
        await stream.WriteAsync(beginning, cancellationToken);
        while (true)
            await stream.WriteAsync(again, cancellationToken);
    });

    private static BrokerLie Drip(string name, string beginning, string again) => new(name, async (stream, cancellationToken) =>
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(beginning), cancellationToken);
        while (true)
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(again), cancellationToken);
            await Task.Delay(TimeSpan.FromMilliseconds(300), cancellationToken);
        }
    });
}
