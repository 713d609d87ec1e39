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

    /// <summary>How long a new key is published at least where no host reports: hosts that were set up by hand must be given it.</summary>
    public TimeSpan HandHostsNotice { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How old a key gets before the schedule rotates it, by purpose; absent: it never does.</summary>
    public IReadOnlyDictionary<KeyPurpose, TimeSpan> Schedule { get; init; } = new Dictionary<KeyPurpose, TimeSpan>();

    /// <summary>How long a key is published at least before it signs.</summary>
    /// <param name="purpose">What it signs.</param>
    /// <param name="reportingCount">How many hosts report.</param>
    /// <returns>Zero where hosts say by themselves that they hold it.</returns>
    public TimeSpan NoticeOf(KeyPurpose purpose, int reportingCount)
    {
        TimeSpan clients = purpose == KeyPurpose.HostCa ? HostCaNotice : TimeSpan.Zero;
        TimeSpan hosts = reportingCount == 0 ? HandHostsNotice : TimeSpan.Zero;
        return clients > hosts ? clients : hosts;
    }

    /// <summary>Why it is, for people.</summary>
    /// <param name="purpose">What the key signs.</param>
    /// <param name="reportingCount">How many hosts report.</param>
    /// <returns>What the time is given for.</returns>
    public static string ReasonOfNotice(KeyPurpose purpose, int reportingCount)
    {
        string clients = purpose == KeyPurpose.HostCa ? "clients are given time to learn of it" : "";
        if (reportingCount > 0) return clients;
        const string hosts = "no host reports, so hosts that were set up by hand must be given the new key meanwhile";
        return clients.Length == 0 ? hosts : $"{clients}; {hosts}";
    }
}
