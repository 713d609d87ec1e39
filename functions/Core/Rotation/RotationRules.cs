namespace SshFunctions.Core.Rotation;

/// <summary>What the operator says about rotations.</summary>
public sealed record RotationRules
{
    /// <summary>What share of the hosts that report must hold a new key before it signs, percent.</summary>
    public int SharePercent { get; init; } = 100;

    /// <summary>How long after its last report a host counts as silent.</summary>
    public TimeSpan SilentAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Whether silent hosts are left behind; else they hold the switch up.</summary>
    public bool CutsOffSilentHosts { get; init; }

    /// <summary>How long a new host CA key is published at least: clients report nothing, and learn of it when they next ask the broker.</summary>
    public TimeSpan HostCaNotice { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How old a key gets before the schedule rotates it, by purpose; absent: it never does.</summary>
    public IReadOnlyDictionary<KeyPurpose, TimeSpan> Schedule { get; init; } = new Dictionary<KeyPurpose, TimeSpan>();

    /// <summary>How long a key is published at least before it signs.</summary>
    /// <param name="purpose">What it signs.</param>
    /// <returns>Zero where hosts say by themselves that they hold it.</returns>
    public TimeSpan NoticeOf(KeyPurpose purpose) => purpose == KeyPurpose.HostCa ? HostCaNotice : TimeSpan.Zero;
}
