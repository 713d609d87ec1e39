namespace SshFunctions.Api;

/// <summary>Answer of CreateEnrollmentToken: the only time that the secret is shown.</summary>
/// <param name="EnrollmentToken">What was created.</param>
/// <param name="Token"><c>id.secret</c>, for <c>sshfn host enroll</c>.</param>
public sealed record CreatedEnrollmentTokenResponse(EnrollmentTokenResponse EnrollmentToken, string Token)
{
    /// <summary>The record without the secret: a record prints its members.</summary>
    /// <returns>The identifier of the token.</returns>
    public override string ToString() => $"{nameof(CreatedEnrollmentTokenResponse)} {{ Id = {EnrollmentToken.Id} }}";
}
