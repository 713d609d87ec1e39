namespace SshFunctions.Api;

/// <summary>Answer of EnrollHost: the only time that the host's own token is shown.</summary>
/// <param name="Host">What was enrolled.</param>
/// <param name="Token"><c>id.secret</c> of the host's access token.</param>
/// <param name="TokenExpires">UTC, exclusive; rotate it before.</param>
public sealed record EnrolledHostResponse(HostResponse Host, string Token, DateTimeOffset TokenExpires)
{
    /// <summary>The record without the secret: a record prints its members.</summary>
    /// <returns>The identifier of the host.</returns>
    public override string ToString() => $"{nameof(EnrolledHostResponse)} {{ Host = {Host.Id} }}";
}
