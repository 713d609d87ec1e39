namespace SshFunctions.Core.Journal;

/// <summary>How far retention came.</summary>
/// <param name="Through">Every segment up to this one is to be removed, by an entry of the journal.</param>
/// <param name="Done">Every segment up to this one has no entries any more.</param>
internal sealed record RetentionState(long Through, long Done);
