using System.Collections.Immutable;

namespace SshFunctions.App.Tests.Authorization;

/// <summary>One request of the authorization matrix: a function's operation and what it needs.</summary>
/// <param name="Operation">The operation's name in the OpenAPI document.</param>
/// <param name="Needs">The least that a caller must be.</param>
/// <param name="Target">Path and query; names in braces are the object's, <c>{p}</c> its project.</param>
/// <param name="Body">JSON with the same names; null for none.</param>
internal sealed record MatrixRow(string Operation, Needs Needs, string Target, string? Body = null)
{
    /// <summary>Statuses beside 2xx by which a function says that it was the state of things, and not the caller, that kept it from its work.</summary>
    public ImmutableArray<int> Else { get; init; } = [];

    /// <summary>Whether the owner of the object may too.</summary>
    public bool OrOwner { get; init; }

    /// <summary>Whether the host that the object is about may too.</summary>
    public bool OrHostItself { get; init; }


    /// <summary>Why a stranger is told whether the object exists; null where they are not.</summary>
    public string? Tells { get; init; }

    /// <summary>What makes the object anew after it was used up, for a project.</summary>
    public Func<MatrixWorld, string, Task>? Renew { get; init; }

    /// <summary>Whether the request is about an object at all.</summary>
    public bool HasObject => Target.Contains('{', StringComparison.Ordinal) || Body?.Contains("{{", StringComparison.Ordinal) == true;
}
