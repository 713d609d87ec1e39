using System.Collections.Immutable;
using SshFunctions.Core.Keys;

namespace SshFunctions.Core.Policy;

/// <summary>What one grant gives its holder on one resource now, by the same rules that decide a mint.</summary>
/// <param name="Grant">The grant.</param>
/// <param name="Logins">Accounts it opens; none when it opens nothing.</param>
/// <param name="Reason">Why it opens nothing; null when it opens something.</param>
/// <param name="Keys">Registered keys of the holder that may enter by it.</param>
public sealed record AccessHolder(Grant Grant, ImmutableArray<string> Logins, string? Reason, ImmutableArray<RegisteredKey> Keys);
