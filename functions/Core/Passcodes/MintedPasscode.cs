using SshFunctions.Core.Callers;

namespace SshFunctions.Core.Passcodes;

/// <summary>A new passcode with its text: the only time both are together.</summary>
/// <param name="Passcode">What is kept of it.</param>
/// <param name="Secret">The text; the owner disposes it.</param>
public sealed record MintedPasscode(Passcode Passcode, Secret Secret)
{
    /// <summary>The only port on which the host takes it, TCP; null for every port, or when the host has not said yet.</summary>
    public int? Port { get; init; }
}
