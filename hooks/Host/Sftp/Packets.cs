using System.Buffers.Binary;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Hooks.Host.Sftp;

/// <summary>Reads packets: a 32-bit length, then so many bytes.</summary>
/// <remarks>Source: draft-ietf-secsh-filexfer-02 section 3.</remarks>
internal sealed class Packets(Stream input)
{
    /// <summary>Most bytes after the length, either way, as in OpenSSH's server.</summary>
    internal const int MaximumBytes = 256 * 1024;

    /// <summary>Most bytes of content in a packet: the rest is for the fields around them, as in OpenSSH's server.</summary>
    internal const int MaximumContentBytes = MaximumBytes - 1024;

    private readonly byte[] _length = new byte[sizeof(uint)];
    private readonly byte[] _packet = new byte[MaximumBytes];

    /// <summary>The next packet, valid until the one after it is read.</summary>
    /// <returns>False when the client has closed its end between two packets.</returns>
    /// <exception cref="SshFormatException">It is empty, too long or cut off.</exception>
    internal bool TryRead(out ReadOnlySpan<byte> packet)
    {
        packet = default;
        int read = input.ReadAtLeast(_length, _length.Length, throwOnEndOfStream: false);
        if (read == 0)
            return false;
        uint length = BinaryPrimitives.ReadUInt32BigEndian(_length);
        if (read < _length.Length)
            throw new SshFormatException("packet length", 0, "is cut off");
        if (length is 0 or > MaximumBytes)
            throw new SshFormatException("packet length", 0, $"is {length}, not 1 to {MaximumBytes}");
        if (input.ReadAtLeast(_packet.AsSpan(0, (int)length), (int)length, throwOnEndOfStream: false) < (int)length)
            throw new SshFormatException("packet", sizeof(uint), "is cut off");
        packet = _packet.AsSpan(0, (int)length);
        return true;
    }
}
