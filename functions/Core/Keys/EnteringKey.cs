using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Keys;

/// <summary>A registered key that may enter a resource as one login now.</summary>
/// <param name="Key">The key.</param>
/// <param name="Login">As whom.</param>
/// <param name="Grant">The grant that allows it.</param>
/// <param name="Limits">What it allows.</param>
public sealed record EnteringKey(RegisteredKey Key, Login Login, GrantId Grant, AccessLimits Limits)
{
    /// <summary>From when on it surely enters no more, UTC, exclusive: the end of key or grant; null when neither has one.</summary>
    public DateTimeOffset? NotAfter => Key.Expires is { } keyEnd && !(Limits.NotAfter <= keyEnd) ? keyEnd : Limits.NotAfter;
}
