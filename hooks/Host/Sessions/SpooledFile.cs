namespace SshFunctions.Hooks.Host.Sessions;

/// <summary>A file of the spool.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Entry">What it says; null when it can't be read.</param>
internal sealed record SpooledFile(string Path, SpoolEntry? Entry);
