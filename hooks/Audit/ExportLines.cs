namespace SshFunctions.Hooks.Audit;

/// <summary>The lines of a stream, one at a time, in one buffer that grows to the longest of them.</summary>
internal sealed class ExportLines(Stream stream)
{
    private const int FirstBytes = 1024 * 1024;

    // A checkpoint is a document of the store, twice escaped; an entry is far shorter.
    private const int LongestBytes = 16 * 1024 * 1024;

    private byte[] _buffer = new byte[FirstBytes];
    private int _from;
    private int _to;
    private bool _ended;

    /// <summary>How many lines were read.</summary>
    internal long Count { get; private set; }

    /// <summary>Whether the last line lacked its line break: the file was cut.</summary>
    internal bool IsCut { get; private set; }

    /// <summary>The next line without its line break; false at the end. Good until the next call.</summary>
    internal bool TryRead(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            int length = _buffer.AsSpan(_from + searched, _to - _from - searched).IndexOf((byte)'\n');
            if (length >= 0)
                return Take(out line, searched + length, 1);
            searched = _to - _from;
            if (_ended && searched == 0)
            {
                line = default;
                return false;
            }

            if (_ended)
            {
                IsCut = true;
                return Take(out line, searched, 0);
            }

            Fill();
        }
    }

    private bool Take(out ReadOnlySpan<byte> line, int length, int lineBreak)
    {
        line = _buffer.AsSpan(_from, length);
        _from += length + lineBreak;
        Count++;
        return true;
    }

    private void Fill()
    {
        _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
        (_from, _to) = (0, _to - _from);
        if (_to == _buffer.Length && _to >= LongestBytes)
            throw AuditFaultException.Of("format", $"line {Count + 1} is longer than any of an export");
        if (_to == _buffer.Length)
            Array.Resize(ref _buffer, 2 * _to);
        int read = stream.Read(_buffer, _to, _buffer.Length - _to);
        _ended = read == 0;
        _to += read;
    }
}
