namespace SshFunctions.Api;

/// <summary>Body of ExplainAccess: what to reach, as whom, and for whom.</summary>
/// <param name="Destination">As ssh knows it; exclusive with <paramref name="Resource"/>.</param>
/// <param name="Resource">Path <c>project/environment/resource</c>; exclusive with <paramref name="Destination"/>.</param>
/// <param name="Login">Unix account; required with <paramref name="Resource"/>, refused with <paramref name="Destination"/>.</param>
/// <param name="Subject">Whose access; the caller's own when absent. Another's needs the role auditor on the resource.</param>
/// <param name="Groups">Groups of <paramref name="Subject"/>; the broker does not know those of others.</param>
/// <param name="UserName">User name of <paramref name="Subject"/>, for <c>{user}</c>.</param>
public sealed record ExplainAccessRequest(
    Destination? Destination = null,
    string? Resource = null,
    string? Login = null,
    string? Subject = null,
    IReadOnlyList<string>? Groups = null,
    string? UserName = null);
