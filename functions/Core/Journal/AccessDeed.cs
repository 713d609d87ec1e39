using System.Collections.Immutable;
using SshFunctions.Core.Callers;

namespace SshFunctions.Core.Journal;

/// <summary>One thing that somebody did to enter a resource, and what allowed it.</summary>
/// <param name="Entry">What the journal recorded.</param>
/// <param name="Subject">Who; null when nothing says.</param>
/// <param name="Login">The account; null when the entry names none.</param>
/// <param name="Source">Where the client came from; null when nobody knew.</param>
/// <param name="Credential">Serial of the entry that recorded the credential; null for none.</param>
/// <param name="Grant">The grant, or the access request, that allowed it; null when nothing says.</param>
/// <param name="Approvals">
/// The entries that led to it, oldest first: approvals of the request, by people or a rule, or the breaking of the glass, or the making of the
/// grant; none when none was found.
/// </param>
public sealed record AccessDeed(
    JournalEntry Entry, Subject? Subject, string? Login, string? Source, ulong? Credential, string? Grant, ImmutableArray<JournalEntry> Approvals);
