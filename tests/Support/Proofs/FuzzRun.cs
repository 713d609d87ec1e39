using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace SshFunctions.Support.Proofs;

/// <summary>Feeds a reader with millions of inputs that are almost right, and holds it to what it promises.</summary>
/// <remarks>
/// Wrong is: an exception that the reading let out, what the reading itself says is wrong, more memory than its bound, more time than
/// its bound. Case n is the same in every run, so a failure's number brings it back.
/// </remarks>
/// <param name="subject">The row of the table.</param>
public sealed class FuzzRun(string subject)
{
    /// <summary>Cases in every run.</summary>
    public const int UsualCount = 20_000;

    /// <summary>Cases of a long one, where nothing else is said.</summary>
    public const int WholeCount = 10_000_000;

    private const int MostTold = 5;
    private const int MostBytesTold = 600;
    private static readonly TimeSpan FixedTime = TimeSpan.FromMilliseconds(500); // Most of it is for a machine that is busy with something else.
    private static readonly TimeSpan TimePerByte = TimeSpan.FromMicroseconds(20);
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(1);

    private readonly Chance _chance = new(0);
    private readonly List<string> _faults = [];
    private readonly ulong _seed = BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(subject)));
    private long _case;
    private long _wrong;

    /// <summary>Makes an input.</summary>
    /// <param name="chance">What decides.</param>
    /// <returns>The input; valid until the next call.</returns>
    public delegate ReadOnlySpan<byte> Input(Chance chance);

    /// <summary>Reads an input as the product does, and looks at what came of it.</summary>
    /// <param name="input">The input.</param>
    /// <returns>What is wrong with it; null for nothing, also when the input was refused as documented.</returns>
    public delegate string? Reading(ReadOnlySpan<byte> input);

    /// <summary>Bytes one reading may allocate whatever its input.</summary>
    public long FixedBytes { get; init; } = 64 * 1024;

    /// <summary>Bytes one reading may allocate for each byte of its input.</summary>
    public int BytesPerByte { get; init; } = 64;

    /// <summary>Cases of every run.</summary>
    public int Usual { get; init; } = UsualCount;

    /// <summary>Cases of a long run.</summary>
    public int Whole { get; init; } = WholeCount;

    /// <summary>Reads so many inputs, records the row, and fails when any was wrong.</summary>
    /// <param name="input">Makes an input.</param>
    /// <param name="reading">Reads it.</param>
    /// <returns>When all are read.</returns>
    public async Task RunAsync(Input input, Reading reading)
    {
        int count = LongRuns.Count(Usual, Whole);
        Task work = Task.Run(() => ReadAll(input, reading, count));
        for (long before = -1; await Task.WhenAny(work, Task.Delay(Hang)) != work; before = Interlocked.Read(ref _case))
            Assert.True(before != Interlocked.Read(ref _case), $"{subject}: case {before} did not end in {Hang}.");
        await work;
        new ProofFigure("fuzzing", subject, count, _wrong).Record();
        Assert.True(_wrong == 0, $"{_wrong} of {count} cases of {subject} are wrong.\n{string.Join('\n', _faults)}");
    }

    private void ReadAll(Input input, Reading reading, int count)
    {
        for (int number = 0; number < count; number++)
        {
            Interlocked.Exchange(ref _case, number);
            string? fault = FaultOf(number, input, reading, out bool isCost);
            // The first of its kind pays for what the platform makes once, and a busy machine takes time from anybody: a cost counts when it stays.
            for (int again = 0; again < 2 && fault is not null && isCost; again++) fault = FaultOf(number, input, reading, out isCost);
            if (fault is null) continue;
            _wrong++;
            if (_faults.Count < MostTold) _faults.Add($"case {number}: {fault}");
        }
    }

    private string? FaultOf(int number, Input input, Reading reading, out bool isCost)
    {
        _chance.Restart(unchecked(_seed + (ulong)number));
        ReadOnlySpan<byte> bytes = input(_chance);
        long memory = GC.GetAllocatedBytesForCurrentThread();
        long time = Stopwatch.GetTimestamp();
        string? fault;
        try
        {
            fault = reading(bytes);
        }
        catch (Exception exception)
        {
            fault = exception.ToString();
        }

        TimeSpan took = Stopwatch.GetElapsedTime(time);
        memory = GC.GetAllocatedBytesForCurrentThread() - memory;
        isCost = fault is null;
        if (fault is null && took > FixedTime + (TimePerByte * bytes.Length)) fault = $"took {took} for {bytes.Length} bytes";
        if (fault is null && memory > FixedBytes + ((long)BytesPerByte * bytes.Length)) fault = $"took {memory} bytes for {bytes.Length}";
        return fault is null ? null : $"{fault}\n  {bytes.Length} bytes: {Convert.ToBase64String(bytes[..Math.Min(bytes.Length, MostBytesTold)])}";
    }
}
