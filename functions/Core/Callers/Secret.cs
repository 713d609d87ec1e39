using System.Security.Cryptography;
using System.Text;

namespace SshFunctions.Core.Callers;

/// <summary>A text that nobody may print: shows itself only where it is asked to, and is wiped on dispose.</summary>
public sealed class Secret : IDisposable
{
    private readonly byte[] _bytes;

    private Secret(byte[] bytes) => _bytes = bytes;

    /// <summary>Takes a text over. The string it came in can't be wiped; keep it short-lived.</summary>
    /// <param name="text">The secret.</param>
    /// <returns>The secret.</returns>
    public static Secret Of(ReadOnlySpan<char> text)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        return new Secret(bytes);
    }

    /// <summary>Makes a random secret of 256 bits.</summary>
    /// <returns>43 characters of base64url.</returns>
    public static Secret Generate()
    {
        Span<byte> random = stackalloc byte[32];
        RandomNumberGenerator.Fill(random);
        Secret secret = Of(System.Buffers.Text.Base64Url.EncodeToString(random));
        CryptographicOperations.ZeroMemory(random);
        return secret;
    }

    /// <summary>The text, for the one place that hands it to its owner.</summary>
    /// <returns>The secret itself.</returns>
    public string Reveal() => Encoding.UTF8.GetString(_bytes);

    /// <summary>SHA-256 of the secret. Enough for secrets of 256 random bits, which can't be guessed from a fast hash.</summary>
    /// <returns>32 bytes, base64url.</returns>
    public string Hash()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_bytes, hash);
        return System.Buffers.Text.Base64Url.EncodeToString(hash);
    }

    /// <summary>Whether a stored hash is this secret's, in time that does not depend on where they differ.</summary>
    /// <param name="storedHash">What <see cref="Hash"/> gave.</param>
    /// <returns>Whether they are equal.</returns>
    public bool Matches(string storedHash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash()), Encoding.ASCII.GetBytes(storedHash));

    /// <summary>Wipes the secret.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);

    /// <summary>Never the secret.</summary>
    /// <returns>A placeholder.</returns>
    public override string ToString() => "(secret)";
}
