using SshFunctions.Api;

namespace SshFunctions.Hooks.Alias;

/// <summary>Where a connection goes: checked so strictly that every member is safe in an ssh_config line.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Instance">Which instance was asked for; null for none in particular.</param>
/// <param name="Address">The address chosen, always one host.</param>
/// <param name="Login">The login when the user gives none; null for ssh's own choice.</param>
/// <param name="Jump">The alias of the resource that it goes through; null for none.</param>
internal sealed record Target(ResourceResponse Resource, int? Instance, HostAddress Address, string? Login, string? Jump)
{
    internal string Alias => ResourceNames.AliasOf(Resource.Path, Instance);

    internal string FullName => Instance is { } number ? $"{Resource.Path} instance {number}" : Resource.Path;
}
