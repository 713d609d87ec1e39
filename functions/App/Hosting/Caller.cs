using System.Collections.Immutable;

namespace SshFunctions.App.Hosting;

/// <summary>Who sent a request, however proved. Stands here only until the domain's own record of the same name and members is in Core.</summary>
/// <param name="Kind"><c>person</c>, <c>service</c>, <c>host</c> or <c>system</c>.</param>
/// <param name="Subject">The stable identity.</param>
/// <param name="Groups">Group names.</param>
/// <param name="TokenId">The access token that proved it.</param>
/// <param name="Expires">When the proof ends, UTC, exclusive; null when it does not.</param>
internal sealed record Caller(string Kind, string Subject, ImmutableArray<string> Groups, string? TokenId, DateTimeOffset? Expires);
