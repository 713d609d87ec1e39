using System.Collections.Immutable;
using SshFunctions.Core.Journal;

namespace SshFunctions.Core.Notifications;

/// <summary>A journal entry in words.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Title">What happened, one line.</param>
/// <param name="Facts">What else there is to know, in order.</param>
/// <param name="Commands">What a reader may want to type.</param>
public sealed record Notice(JournalEntry Entry, string Title, ImmutableArray<NoticeFact> Facts, ImmutableArray<string> Commands);
