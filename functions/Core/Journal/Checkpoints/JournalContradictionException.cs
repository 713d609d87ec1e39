namespace SshFunctions.Core.Journal.Checkpoints;

/// <summary>The stored journal contradicts what was sealed or closed before: somebody changed the store. Nothing is sealed over it.</summary>
/// <param name="message">Which entry, for an operator.</param>
public sealed class JournalContradictionException(string message) : Exception(message);
