using System.Text;

namespace SshFunctions.Hooks.Outside;

/// <summary>Writes to standard output and error straight away.</summary>
/// <remarks>
/// Not by Console: it opens descriptors and reads the terminal's description first, and a process that is out of descriptors, or may
/// open no file any more, could then not even say so.
/// </remarks>
internal static class StandardStream
{
    private const int OutputDescriptor = 1;
    private const int ErrorDescriptor = 2;

    /// <summary>Data: what can't be written is a failure, except to a reader that has gone.</summary>
    internal static void Output(string text)
    {
        Errno error = Write(OutputDescriptor, text);
        if (error is not (Errno.None or Errno.BrokenPipe))
            throw new IOException(error is Errno.NoSpace ? "standard output is full" : "standard output can't be written to");
    }

    /// <summary>Words for people: nobody may be there to read them, and that changes nothing.</summary>
    internal static void Error(string text) => _ = Write(ErrorDescriptor, text);

    private static Errno Write(int descriptor, string text)
    {
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);
        while (!rest.IsEmpty)
        {
            nint written = Libc.Write(descriptor, rest, (nuint)rest.Length);
            Errno error = written < 0 ? Libc.LastError : Errno.None;
            if (error is Errno.TryAgain)
                Libc.WaitToWrite(descriptor);
            else if (error is not (Errno.None or Errno.Interrupted))
                return error;
            rest = rest[(int)Math.Max(0, written)..];
        }

        return Errno.None;
    }
}
