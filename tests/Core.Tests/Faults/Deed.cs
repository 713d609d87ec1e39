namespace SshFunctions.Core.Tests.Faults;

/// <summary>Something that a caller asks for, and what must hold of it whatever happened on the way.</summary>
/// <param name="Name">For the failure.</param>
/// <param name="ActAsync">Does it: the refusal, or null when the caller is told that it was done.</param>
/// <param name="HoldsAsync">Whether it is in force.</param>
internal sealed record Deed(string Name, Func<Broker, Scene, Task<Refusal?>> ActAsync, Func<Broker, Scene, Task<bool>> HoldsAsync)
{
    /// <summary>Whether it may be done once in all.</summary>
    public bool IsOnce { get; init; }

    /// <summary>Whether somebody who asks again and is refused has it: it is there by then.</summary>
    public bool MayBeThere { get; init; }
}
