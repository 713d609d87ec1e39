namespace SshFunctions.Api;

/// <summary>Body of EnrollHost: exactly one proof, and what the host is.</summary>
/// <param name="HostKeys">Every public host key, 1 to 8, one line each as in a <c>.pub</c> file.</param>
/// <param name="SshdVersion">For example <c>9.2</c>.</param>
/// <param name="Name">What the machine calls itself, for people; not trusted for anything.</param>
/// <param name="EnrollmentToken"><c>id.secret</c>; exclusive with <paramref name="IdentityToken"/>.</param>
/// <param name="IdentityToken">An OpenID token of a machine identity whose issuer says which resource it is.</param>
public sealed record EnrollHostRequest(
    IReadOnlyList<string> HostKeys,
    string SshdVersion,
    string? Name = null,
    string? EnrollmentToken = null,
    string? IdentityToken = null)
{
    /// <summary>The record without the proof: a record prints its members.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => $"{nameof(EnrollHostRequest)} {{ Name = {Name} }}";
}
