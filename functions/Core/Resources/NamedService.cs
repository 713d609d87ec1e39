namespace SshFunctions.Core.Resources;

/// <summary>Something that a resource offers to port forwarding, by a name.</summary>
/// <param name="Name">Fits <see cref="IsName"/>; unique on its resource.</param>
/// <param name="Target">Where it is as the resource itself sees it.</param>
public sealed record NamedService(string Name, HostAddress Target)
{
    /// <summary>Most services of a resource: each becomes an option of one line that sshd reads.</summary>
    public const int MaximumCount = 40;

    /// <summary>The bounds of a name, for people.</summary>
    public const string NameRule = "the name of a service is 1 to 63 of a-z, 0-9 and '-', starting and ending with a letter or digit";

    /// <summary>Whether a text can be the name of a service.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether <see cref="NameRule"/> holds.</returns>
    public static bool IsName(string? text) =>
        text is { Length: > 0 and <= 63 } && text[0] != '-' && text[^1] != '-'
        && text.All(unit => unit is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
}
