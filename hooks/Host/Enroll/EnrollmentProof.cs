using SshFunctions.Api;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>What lets a machine become a host; a class, because a record would print the token.</summary>
internal sealed class EnrollmentProof
{
    private readonly Func<CancellationToken, Task<string>> _token;
    private readonly bool _isIdentity;

    private EnrollmentProof(Func<CancellationToken, Task<string>> token, bool isIdentity) => (_token, _isIdentity) = (token, isIdentity);

    /// <summary>A single-use token that an admin made.</summary>
    internal static EnrollmentProof OfToken(string token) => new(_ => Task.FromResult(token), isIdentity: false);

    /// <summary>The machine's own identity, asked for only when everything else is ready: such tokens are short-lived.</summary>
    internal static EnrollmentProof OfIdentity(Func<CancellationToken, Task<string>> fetch) => new(fetch, isIdentity: true);

    internal async Task<EnrollHostRequest> AddToAsync(EnrollHostRequest request, CancellationToken cancellationToken)
    {
        string token = await _token(cancellationToken);
        return _isIdentity ? request with { IdentityToken = token } : request with { EnrollmentToken = token };
    }
}
