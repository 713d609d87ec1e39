namespace SshFunctions.Hooks.Host.Sessions;

/// <summary>The values of <see cref="Api.SessionEvent.Event"/>.</summary>
internal static class SessionKind
{
    internal const string Opened = "opened";
    internal const string Closed = "closed";
    internal const string Ended = "ended";
}
