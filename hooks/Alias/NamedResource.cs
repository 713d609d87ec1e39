using SshFunctions.Api;

namespace SshFunctions.Hooks.Alias;

/// <summary>A resource as somebody named it.</summary>
/// <param name="Resource">Which one.</param>
/// <param name="Instance">The instance that the name holds; null for none.</param>
/// <param name="Host">The address that the name is; null when it is no address.</param>
internal sealed record NamedResource(ResourceResponse Resource, int? Instance = null, string? Host = null);
