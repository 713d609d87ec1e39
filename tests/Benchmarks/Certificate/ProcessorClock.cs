using Perfolizer.Horology;

namespace SshFunctions.Benchmarks.Certificate;

/// <summary>What this process has used of the processors, as <c>openssl speed</c> counts too: other work on the machine doesn't count.</summary>
internal sealed class ProcessorClock : IClock
{
    public string Title => "processor time";

    public bool IsAvailable => true;

    public Frequency Frequency => new(TimeSpan.TicksPerSecond);

    public long GetTimestamp() => Environment.CpuUsage.TotalTime.Ticks;
}
