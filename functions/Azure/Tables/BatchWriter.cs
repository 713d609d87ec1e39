using System.Buffers;
using System.Text;

namespace SshFunctions.Azure.Tables;

/// <summary>Writes changes as one entity group transaction.</summary>
/// <remarks>
/// The layout, lines ended by CRLF. Source: "Performing entity group transactions".
/// <code>
/// --batch_ID
/// Content-Type: multipart/mixed; boundary=changeset_ID
///
/// --changeset_ID                      ; for each change
/// Content-Type: application/http
/// Content-Transfer-Encoding: binary
///
/// VERB absolute-URL HTTP/1.1
/// headers
///
/// the entity's JSON, on one line      ; none for a delete
/// --changeset_ID--
/// --batch_ID--
/// </code>
/// </remarks>
internal sealed class BatchWriter
{
    private readonly string _id = Guid.NewGuid().ToString();
    private readonly ArrayBufferWriter<byte> _body = new();

    public BatchWriter() => Write($"--batch_{_id}\r\nContent-Type: multipart/mixed; boundary=changeset_{_id}\r\n\r\n");

    public string ContentType => $"multipart/mixed; boundary=batch_{_id}";

    /// <summary>Takes the JSON of the change that was begun.</summary>
    public IBufferWriter<byte> Body => _body;

    /// <summary>Begins a change.</summary>
    public void Begin(string verb, Uri url, IEnumerable<(string Name, string Value)> headers)
    {
        if (_body.WrittenSpan[^1] != '\n') Write("\r\n");
        Write($"--changeset_{_id}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
        Write($"{verb} {url.AbsoluteUri} HTTP/1.1\r\n");
        foreach ((string name, string value) in headers) Write($"{name}: {value}\r\n");
        Write("DataServiceVersion: 3.0\r\n\r\n");
    }

    /// <summary>Ends the last change.</summary>
    /// <returns>The request's body.</returns>
    public ReadOnlyMemory<byte> End()
    {
        Write($"\r\n--changeset_{_id}--\r\n--batch_{_id}--\r\n");
        return _body.WrittenMemory;
    }

    private void Write(string text) => Encoding.ASCII.GetBytes(text, _body);
}
