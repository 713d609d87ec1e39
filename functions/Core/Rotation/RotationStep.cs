using System.Collections.Immutable;

namespace SshFunctions.Core.Rotation;

/// <summary>What is due in a rotation; a closed hierarchy.</summary>
public abstract record RotationStep
{
    private RotationStep()
    {
    }

    /// <summary>Nothing is under way.</summary>
    public sealed record Rest : RotationStep;

    /// <summary>Nothing is due yet.</summary>
    /// <param name="Reason">What it waits for.</param>
    /// <param name="Until">When it is due at the earliest, UTC; null where that is not a matter of time.</param>
    /// <param name="Gate">What the hosts say; null where they are not asked.</param>
    public sealed record Wait(string Reason, DateTimeOffset? Until, HostGate? Gate) : RotationStep;

    /// <summary>The key that comes enters the trust bundle.</summary>
    public sealed record Publish : RotationStep;

    /// <summary>The key that comes signs from now on.</summary>
    /// <param name="LeftBehind">Hosts that do not hold it, by the operator's choice.</param>
    public sealed record Activate(ImmutableArray<Laggard> LeftBehind) : RotationStep;

    /// <summary>The key that comes signs from now on, and the one that goes counts no more.</summary>
    public sealed record Replace : RotationStep;

    /// <summary>The key that goes counts no more; nothing that it signed does.</summary>
    /// <param name="Key">Identifier of the key that goes.</param>
    public sealed record Retire(string Key) : RotationStep;

    /// <summary>The rotation is taken back.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record RollBack(string Reason) : RotationStep;
}
