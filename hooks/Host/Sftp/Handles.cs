using System.Buffers.Binary;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Sftp;

/// <summary>What the client holds open: at most <see cref="MaximumCount"/>; the number of a closed one is not given out again.</summary>
internal sealed class Handles : IDisposable
{
    internal const int MaximumCount = 100;

    private readonly Dictionary<uint, OpenEntry> _open = [];
    private uint _next;

    internal bool AreAllTaken => _open.Count == MaximumCount;

    internal byte[] Add(OpenEntry entry)
    {
        byte[] handle = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(handle, _next);
        _open.Add(checked(_next++), entry);
        return handle;
    }

    /// <summary>What a handle stands for; null for one that isn't open or is of another kind.</summary>
    internal T? Find<T>(ReadOnlySpan<byte> handle)
        where T : OpenEntry =>
        NumberOf(handle) is { } number && _open.TryGetValue(number, out OpenEntry? entry) ? entry as T : null;

    /// <summary>Closes one; false when it isn't open.</summary>
    internal bool Close(ReadOnlySpan<byte> handle)
    {
        if (NumberOf(handle) is not { } number || !_open.Remove(number, out OpenEntry? entry))
            return false;
        entry.Dispose();
        return true;
    }

    public void Dispose()
    {
        foreach (OpenEntry entry in _open.Values)
            entry.Dispose();
        _open.Clear();
    }

    private static uint? NumberOf(ReadOnlySpan<byte> handle) =>
        handle.Length == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(handle) : null;
}
