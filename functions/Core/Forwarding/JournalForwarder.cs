using SshFunctions.Core.Journal;

namespace SshFunctions.Core.Forwarding;

/// <summary>Sends some of the journal to one target.</summary>
/// <param name="Name">Unique; a new name begins at the journal's first entry.</param>
/// <param name="Selection">Which entries.</param>
/// <param name="Target">Where to.</param>
public sealed record JournalForwarder(string Name, JournalSelection Selection, IJournalTarget Target);
