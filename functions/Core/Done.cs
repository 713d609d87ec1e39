namespace SshFunctions.Core;

/// <summary>The value of a <see cref="Result{T}"/> that has nothing to tell but that it was done.</summary>
public sealed record Done
{
    /// <summary>The one instance.</summary>
    public static Done Instance { get; } = new();

    private Done()
    {
    }
}
