namespace SshFunctions.Core.Callers;

/// <summary>What the broker marks its challenges with, as it is stored; a class, because a record would print it.</summary>
/// <remarks>Who reads it from the store can make challenges, and still needs somebody's SSH key to sign them.</remarks>
internal sealed class SignInKey
{
    public required byte[] Key { get; init; }
}
