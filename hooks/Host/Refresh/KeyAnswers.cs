using SshFunctions.Hooks.Host.Sessions;

namespace SshFunctions.Hooks.Host.Refresh;

/// <summary>What the broker says of the keys that opened live sessions.</summary>
/// <param name="Refused">Sessions whose key may not enter any more, and why.</param>
/// <param name="IsComplete">Whether each key had a definite answer; else they are asked about again soon.</param>
internal sealed record KeyAnswers(IReadOnlyList<(LiveSession Session, string? Reason)> Refused, bool IsComplete);
