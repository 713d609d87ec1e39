using SshFunctions.Core.Callers;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Policy;

/// <summary>May this caller enter this resource as this account now?</summary>
/// <param name="Caller">Who asks.</param>
/// <param name="Resource">What it asks for.</param>
/// <param name="Login">The account.</param>
/// <param name="Now">UTC.</param>
public sealed record AccessQuestion(Caller Caller, ResourcePath Resource, Login Login, DateTimeOffset Now)
{
    /// <summary>With what.</summary>
    public AccessMeans Means { get; init; }
}
