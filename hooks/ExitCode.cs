using SshFunctions.Api;

namespace SshFunctions.Hooks;

/// <summary>Exit codes, and the one place where a problem of the broker becomes one.</summary>
internal static class ExitCode
{
    internal const int Done = 0;

    /// <summary>Refused by the policy, or failed here.</summary>
    internal const int Failed = 1;

    /// <summary>The command line or a value in it is wrong.</summary>
    internal const int Usage = 2;

    /// <summary>Not signed in, or the token is unknown or expired.</summary>
    internal const int NotSignedIn = 3;

    internal const int NotFound = 4;

    /// <summary>Contradicts what is stored.</summary>
    internal const int Conflict = 5;

    /// <summary>The broker can't be reached or can't serve; try again later.</summary>
    internal const int Unavailable = 6;

    /// <summary>Too many requests; try again later.</summary>
    internal const int TooMany = 7;

    /// <summary>What could be checked holds, and not all could be.</summary>
    internal const int Incomplete = 8;

    internal static int Of(string? problemType) => problemType switch
    {
        ProblemTypes.Invalid or ProblemTypes.TooLarge => Usage,
        ProblemTypes.Unauthenticated => NotSignedIn,
        ProblemTypes.NotFound => NotFound,
        ProblemTypes.Conflict => Conflict,
        ProblemTypes.TooMany => TooMany,
        ProblemTypes.Unavailable or ProblemTypes.Defect => Unavailable,
        _ => Failed,
    };
}
