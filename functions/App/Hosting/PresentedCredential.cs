using System.Security.Cryptography;
using System.Text;

namespace SshFunctions.App.Hosting;

/// <summary>The id and secret that a request presents, of sound form and not yet believed.</summary>
/// <remarks>A class, not a record: a record would print the secret.</remarks>
internal sealed class PresentedCredential(string id, string secret) : IDisposable
{
    private readonly byte[] _secret = Encoding.ASCII.GetBytes(secret);

    /// <summary>Names the access token; not secret.</summary>
    public string Id { get; } = id;

    /// <summary>The secret, ASCII; zeros after <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<byte> Secret => _secret;

    public void Dispose() => CryptographicOperations.ZeroMemory(_secret);

    public override string ToString() => "[redacted]";
}
