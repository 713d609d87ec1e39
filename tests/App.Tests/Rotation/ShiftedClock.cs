namespace SshFunctions.App.Tests.Rotation;

/// <summary>The machine's clock, moved ahead by what a test says: sshd and certificates go by the machine's own.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private long _shift;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _shift));

    public void Advance(TimeSpan time) => Interlocked.Add(ref _shift, time.Ticks);
}
