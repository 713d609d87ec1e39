namespace SshFunctions.App.Hosting.OpenId;

/// <summary>Where an issuer's groups come from, as it is written.</summary>
/// <param name="Claim">The claim that lists them.</param>
/// <param name="Prefix">Stands before each value of the claim.</param>
/// <param name="Table">Groups by value of the claim; all other values then give none.</param>
/// <param name="Fixed">Groups of everybody.</param>
internal sealed record GroupsDocument(
    string? Claim = null,
    string? Prefix = null,
    IReadOnlyDictionary<string, string>? Table = null,
    IReadOnlyList<string>? Fixed = null);
