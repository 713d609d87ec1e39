using System.Text;

namespace SshFunctions.Hooks.Host.Sftp;

/// <summary>A path as the client writes it, below the served folder, which the client sees as <c>/</c>.</summary>
/// <remarks>
/// Bytes, as the kernel's names are: nothing is decoded, so that a name that is no text comes back as it went. <c>..</c> is taken by the
/// text, and at the top it stays at the top, as in a chroot; links are the kernel's business.
/// </remarks>
internal sealed class SftpPath
{
    // PATH_MAX of Linux, its NUL counted.
    private const int MaximumBytes = 4095;

    private readonly byte[][] _names;

    private SftpPath(byte[][] names) => _names = names;

    internal bool IsTop => _names.Length == 0;

    /// <summary>What the client is told: absolute, without <c>.</c>, <c>..</c> or double slashes.</summary>
    internal byte[] Absolute => [(byte)'/', .. Joined(_names)];

    /// <summary>Relative to the served folder, ended by NUL; <c>.</c> for the folder itself.</summary>
    internal byte[] Relative => IsTop ? [(byte)'.', 0] : [.. Joined(_names), 0];

    /// <summary>The folder it is in, as <see cref="Relative"/>; not for the top.</summary>
    internal byte[] Parent => new SftpPath(_names[..^1]).Relative;

    /// <summary>Its last name, ended by NUL; not for the top.</summary>
    internal byte[] Name => [.. _names[^1], 0];

    /// <summary>Takes a path apart; null for one that no file can have: too long, or with a NUL.</summary>
    internal static SftpPath? Parse(ReadOnlySpan<byte> path)
    {
        if (path.Length > MaximumBytes || path.Contains((byte)0))
            return null;
        List<byte[]> names = [];
        foreach (Range range in path.Split((byte)'/'))
        {
            ReadOnlySpan<byte> name = path[range];
            if (name.SequenceEqual(".."u8))
                names.RemoveRange(Math.Max(0, names.Count - 1), Math.Min(1, names.Count));
            else if (!name.IsEmpty && !name.SequenceEqual("."u8))
                names.Add(name.ToArray());
        }

        return new SftpPath([.. names]);
    }

    public override string ToString() => Encoding.Latin1.GetString(Absolute);

    private static byte[] Joined(byte[][] names)
    {
        byte[] joined = new byte[Math.Max(0, names.Sum(name => name.Length + 1) - 1)];
        int position = 0;
        foreach (byte[] name in names)
        {
            if (position > 0)
                joined[position++] = (byte)'/';
            name.CopyTo(joined, position);
            position += name.Length;
        }

        return joined;
    }
}
