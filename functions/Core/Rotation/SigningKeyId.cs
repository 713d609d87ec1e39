using System.Security.Cryptography;

namespace SshFunctions.Core.Rotation;

/// <summary>Identifiers of signing keys; they end up in names of files and of keys in vaults.</summary>
internal static class SigningKeyId
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>A random one: 50 bits, among a few keys.</summary>
    public static string Generate() => RandomNumberGenerator.GetString(Alphabet, 10);
}
