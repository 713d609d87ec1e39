using System.Security.Cryptography;
using SshFunctions.Ssh.Keys.Algorithms;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Keys;

/// <summary>Private key files in OpenSSH's own format, without a passphrase.</summary>
/// <remarks>Source: PROTOCOL.key.</remarks>
public static class OpenSshPrivateKey
{
    internal const string Label = "OPENSSH PRIVATE KEY";

    private const int BlockBytes = 8; // what "none" counts as its cipher's block

    internal static ReadOnlySpan<byte> Magic => "openssh-key-v1\0"u8;

    /// <summary>Writes a key file that ssh reads.</summary>
    /// <param name="key">The key.</param>
    /// <param name="comment">Kept in the file; no control characters.</param>
    /// <returns>The file's content; the caller overwrites it when it is no longer needed.</returns>
    /// <exception cref="ArgumentException">The comment has a control character.</exception>
    public static byte[] Write(SshPrivateKey key, string comment = "")
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(comment);
        if (comment.Any(char.IsControl))
            throw new ArgumentException("A comment must not contain a control character.", nameof(comment));

        //  byte[15]  "openssh-key-v1" and NUL
        //  string    cipher: none
        //  string    key derivation: none
        //  string    its options: empty
        //  uint32    number of keys: 1
        //  string    public key
        //  string    private part
        using var writer = new SshWriter(4096);
        writer.WriteBytes(Magic);
        writer.WriteString("none");
        writer.WriteString("none");
        writer.WriteString([]);
        writer.WriteUInt32(1);
        writer.WriteString(key.PublicKey.Wire.Span);
        WritePrivatePart(writer, key, comment);
        return Armor.Write(Label, writer.Written);
    }

    /// <summary>Reads a key file.</summary>
    /// <param name="file">The content of a file as ssh-keygen writes it; the caller overwrites it.</param>
    /// <returns>The key; the caller disposes it.</returns>
    /// <exception cref="SshFormatException">It is no such file, damaged, of a type that can't sign here, or protected by a passphrase.</exception>
    public static SshPrivateKey Parse(ReadOnlySpan<byte> file)
    {
        byte[] content = Armor.Read(Label, file)
            ?? throw new SshFormatException("private key file", 0, $"is not a text from BEGIN {Label} to END {Label}");
        try
        {
            var reader = new SshReader(content);
            SshPublicKey publicKey = ReadHeader(ref reader);
            int start = reader.Position + sizeof(uint);
            ReadOnlySpan<byte> privatePart = reader.ReadString("private part");
            reader.ReadEnd("private key file");
            reader.ThrowIfFailed();
            return ReadPrivatePart(new SshReader(privatePart, start), publicKey);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    //  uint32   random
    //  uint32   the same again
    //  string   key type
    //  byte[]   private fields of the type
    //  string   comment
    //  byte[]   1, 2, 3 … up to a whole block
    private static void WritePrivatePart(SshWriter writer, SshPrivateKey key, string comment)
    {
        int start = writer.BeginString();
        uint check = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));
        writer.WriteUInt32(check);
        writer.WriteUInt32(check);
        key.WriteTo(writer);
        writer.WriteString(comment);
        for (byte padding = 1; (writer.Length - start) % BlockBytes != 0; padding++)
            writer.WriteByte(padding);
        writer.EndString(start);
    }

    private static SshPublicKey ReadHeader(ref SshReader reader)
    {
        if (!reader.ReadBytes(Magic.Length, "magic").SequenceEqual(Magic))
            reader.FailAt(0, "magic", "is not openssh-key-v1");
        int start = reader.Position;
        string cipher = reader.ReadText("cipher");
        if (cipher != "none")
            reader.FailAt(start, "cipher", "is not none: the key has a passphrase; take it off with ssh-keygen -p -N ''");
        reader.ReadString("key derivation");
        reader.ReadString("key derivation options");
        start = reader.Position;
        if (reader.ReadUInt32("number of keys") != 1)
            reader.FailAt(start, "number of keys", "is not 1");
        ReadOnlySpan<byte> publicKey = reader.ReadString("public key");
        reader.ThrowIfFailed();
        return SshPublicKey.FromWire(publicKey.ToArray());
    }

    private static SshPrivateKey ReadPrivatePart(SshReader reader, SshPublicKey publicKey)
    {
        if (reader.ReadUInt32("check") != reader.ReadUInt32("check"))
            reader.FailAt(0, "check", "is not the same twice");
        int start = reader.Position;
        KeyAlgorithm? algorithm = KeyAlgorithm.Find(reader.ReadText("key type"));
        reader.ThrowIfFailed();

        SshPrivateKey key;
        try
        {
            key = algorithm switch
            {
                EcdsaAlgorithm ecdsa => EcdsaPrivateKey.Read(ref reader, ecdsa.Curve),
                RsaAlgorithm => RsaPrivateKey.Read(ref reader),
                Ed25519Algorithm => Ed25519PrivateKey.Read(ref reader),
                _ => throw new SshFormatException("key type", start, "is not one that can sign here: ECDSA, RSA or Ed25519"),
            };
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new SshFormatException("private key", start, "does not make a key");
        }

        reader.ReadText("comment");
        for (byte padding = 1; reader.Remaining > 0 && !reader.Failed; padding++)
        {
            if (padding >= BlockBytes || reader.ReadByte("padding") != padding)
                reader.FailAt(reader.Position, "padding", "is not 1, 2, 3 and so on");
        }

        if (!reader.Failed && key.PublicKey.Equals(publicKey))
            return key;
        key.Dispose();
        reader.ThrowIfFailed();
        throw new SshFormatException("public key", 0, "is not the one of the private key");
    }
}
