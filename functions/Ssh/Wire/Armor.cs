using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SshFunctions.Ssh.Wire;

/// <summary>The text around base64 that private keys and signatures travel in: BEGIN line, 70 columns, END line.</summary>
/// <remarks>Works on bytes, so that a private key never becomes a string. Source: PROTOCOL.key, PROTOCOL.sshsig.</remarks>
internal static class Armor
{
    private const int Columns = 70;

    public static byte[] Write(string label, ReadOnlySpan<byte> content)
    {
        byte[] base64 = new byte[Base64.GetMaxEncodedToUtf8Length(content.Length)];
        Base64.EncodeToUtf8(content, base64, out _, out _);
        using var writer = new SshWriter(base64.Length + (base64.Length / Columns) + 128);
        writer.WriteBytes(Encoding.ASCII.GetBytes($"-----BEGIN {label}-----\n"));
        for (int start = 0; start < base64.Length; start += Columns)
        {
            writer.WriteBytes(base64.AsSpan(start, Math.Min(Columns, base64.Length - start)));
            writer.WriteByte((byte)'\n');
        }

        writer.WriteBytes(Encoding.ASCII.GetBytes($"-----END {label}-----\n"));
        CryptographicOperations.ZeroMemory(base64);
        return writer.ToArray();
    }

    /// <summary>Takes the content out. The caller overwrites it if it is secret.</summary>
    /// <returns>The content; null when there is no such armor, or something around it, or bad base64 in it.</returns>
    public static byte[]? Read(string label, ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t\r\n"u8);
        ReadOnlySpan<byte> begin = Encoding.ASCII.GetBytes($"-----BEGIN {label}-----");
        ReadOnlySpan<byte> end = Encoding.ASCII.GetBytes($"-----END {label}-----");
        if (!text.StartsWith(begin) || !text.EndsWith(end) || text.Length < begin.Length + end.Length)
            return null;

        // The decoder skips the line breaks; the BEGIN and END lines are all that is not base64.
        ReadOnlySpan<byte> base64 = text[begin.Length..^end.Length];
        byte[] buffer = new byte[Base64.GetMaxDecodedFromUtf8Length(base64.Length)];
        OperationStatus status = Base64.DecodeFromUtf8(base64, buffer, out _, out int count);
        byte[]? content = status == OperationStatus.Done ? buffer[..count] : null;
        CryptographicOperations.ZeroMemory(buffer);
        return content;
    }
}
