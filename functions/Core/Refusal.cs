namespace SshFunctions.Core;

/// <summary>Why something expected was not done: what happened, to what, and what would fix it.</summary>
/// <remarks>A closed hierarchy; the app maps each to one HTTP status in one file.</remarks>
public abstract record Refusal
{
    private Refusal(string detail, string? fix)
    {
        Detail = detail;
        Fix = fix;
    }

    /// <summary>What happened, to what: one sentence, never a secret.</summary>
    public string Detail { get; }

    /// <summary>What would make it succeed; null when the caller can't.</summary>
    public string? Fix { get; }

    /// <summary>The request is malformed or a value is out of bounds.</summary>
    /// <param name="Field">The member that is wrong, camelCase.</param>
    /// <param name="Detail">What is wrong with it.</param>
    /// <param name="Fix">What would fix it.</param>
    public sealed record Invalid(string? Field, string Detail, string? Fix = null) : Refusal(Detail, Fix);

    /// <summary>No credential, or one that is unknown, expired or malformed.</summary>
    /// <param name="Detail">Which, as far as that helps no attacker.</param>
    /// <param name="Fix">What would fix it.</param>
    public sealed record Unauthenticated(string Detail, string? Fix = null) : Refusal(Detail, Fix);

    /// <summary>The policy refuses.</summary>
    /// <param name="Detail">The deciding rule.</param>
    /// <param name="Fix">What would change it.</param>
    public sealed record Denied(string Detail, string? Fix = null) : Refusal(Detail, Fix);

    /// <summary>What the request names does not exist, or the caller may not know that it does.</summary>
    /// <param name="Detail">What was looked for.</param>
    /// <param name="Fix">What would fix it.</param>
    public sealed record NotFound(string Detail, string? Fix = null) : Refusal(Detail, Fix);

    /// <summary>The request contradicts what is stored.</summary>
    /// <param name="Detail">What contradicts what.</param>
    /// <param name="Fix">What would fix it.</param>
    /// <param name="Field">The member that contradicts, camelCase; null when it is no single one.</param>
    public sealed record Conflict(string Detail, string? Fix = null, string? Field = null) : Refusal(Detail, Fix);

    /// <summary>Too many requests.</summary>
    /// <param name="Detail">Of what.</param>
    /// <param name="RetryAfter">When to come back.</param>
    public sealed record TooMany(string Detail, TimeSpan RetryAfter) : Refusal(Detail, null);

    /// <summary>The store or a signer is away; nothing was done.</summary>
    /// <param name="Detail">Which, in words for the caller.</param>
    /// <param name="RetryAfter">When to come back.</param>
    public sealed record Unavailable(string Detail, TimeSpan RetryAfter) : Refusal(Detail, null);
}
