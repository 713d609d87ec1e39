using SshFunctions.Api;

namespace SshFunctions.Hooks.Host.Sessions;

/// <summary>Something that the broker is to be told: exactly one of the two.</summary>
/// <param name="Session">A login or a logout.</param>
/// <param name="Alarm">An alarm.</param>
internal sealed record SpoolEntry(SessionEvent? Session = null, HostAlarm? Alarm = null);
