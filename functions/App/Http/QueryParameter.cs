namespace SshFunctions.App.Http;

/// <summary>A query parameter as the OpenAPI document shows it.</summary>
/// <param name="Name">Its name, camelCase.</param>
/// <param name="Description">One sentence.</param>
internal sealed record QueryParameter(string Name, string Description);
