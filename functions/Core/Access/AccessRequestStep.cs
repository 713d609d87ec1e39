using System.Collections.Immutable;
using SshFunctions.Core.Journal;

namespace SshFunctions.Core.Access;

/// <summary>What a request becomes, and what the journal is told first.</summary>
internal sealed record AccessRequestStep(AccessRequest After, ImmutableArray<JournalEvent> Events);
