using System.Globalization;

namespace SshFunctions.Benchmarks.Soak;

/// <summary>What a few minutes of the long run came to.</summary>
internal sealed class SoakWindow
{
    private readonly Lock _lock = new();
    private readonly List<double> _milliseconds = new(1 << 18);

    /// <summary>Answers that were not what was asked for.</summary>
    public int Errors { get; private set; }

    /// <param name="milliseconds">From when the request was due to its answer.</param>
    /// <param name="isRight">Whether the answer was the expected one.</param>
    public void Add(double milliseconds, bool isRight)
    {
        lock (_lock)
        {
            _milliseconds.Add(milliseconds);
            if (!isRight) Errors++;
        }
    }

    /// <summary>A row of the table.</summary>
    public string Row(string name, TimeSpan span, double residentMebibytes, double processorShare, double storeMebibytes)
    {
        lock (_lock)
        {
            double[] sorted = [.. _milliseconds.Order()];
            return string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {sorted.Length} | {sorted.Length / span.TotalSeconds:F0} | {Errors} | {sorted[sorted.Length / 2]:F2} | {sorted[(int)(sorted.Length * 0.99)]:F1} | {sorted[(int)(sorted.Length * 0.999)]:F1} | {sorted[^1]:F0} | {processorShare:P0} | {residentMebibytes:F0} | {storeMebibytes:F0} |");
        }
    }
}
