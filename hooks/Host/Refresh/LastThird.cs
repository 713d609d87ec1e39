namespace SshFunctions.Hooks.Host.Refresh;

/// <summary>When something that ends is renewed: early enough that a broker may be away for a while.</summary>
internal static class LastThird
{
    internal static bool Holds(DateTimeOffset from, DateTimeOffset until, DateTimeOffset now) => until - now <= (until - from) / 3;
}
