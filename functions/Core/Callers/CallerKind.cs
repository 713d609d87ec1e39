namespace SshFunctions.Core.Callers;

/// <summary>What sort of party sent a request.</summary>
public enum CallerKind
{
    /// <summary>A human being.</summary>
    Person,

    /// <summary>A program that acts for itself, for example a CI job.</summary>
    Service,

    /// <summary>An enrolled host.</summary>
    Host,

    /// <summary>The broker itself: start-up, a queue function or a timer.</summary>
    System,
}
