using SshFunctions.Api;
using SshFunctions.Hooks.Hook;

namespace SshFunctions.Hooks.Alias;

/// <summary>Where a connection goes: checked so strictly that every member is safe in an ssh_config line.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Instance">Which instance was asked for; null for none in particular.</param>
/// <param name="Address">The address chosen, always one host.</param>
/// <param name="Login">The login when the user gives none; null for ssh's own choice.</param>
/// <param name="Way">How it is reached when not directly; null for directly.</param>
internal sealed record Target(ResourceResponse Resource, int? Instance, HostAddress Address, string? Login, Way? Way)
{
    internal string Alias => ResourceNames.AliasOf(Resource.Path, Instance);

    /// <summary>The alias for ssh, with the login that a user gave; refused when that could be taken for something else.</summary>
    internal string Destination(string? login)
    {
        if (login is null)
            return Alias;
        return HookDestination.TryParse(Address.Name, "22", login, out _) ? $"{login}@{Alias}" : throw new CommandFailedException(
            ExitCode.Usage, $"{login} can't be a login", "a login is letters, digits and . _ @ + - and starts with none of . and -");
    }

    internal string FullName => Instance is { } number ? $"{Resource.Path} instance {number}" : Resource.Path;
}
