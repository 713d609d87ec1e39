namespace SshFunctions.Hooks.Outside;

/// <summary>The one clock.</summary>
internal static class Clock
{
    internal static DateTimeOffset Now => TimeProvider.System.GetUtcNow();
}
