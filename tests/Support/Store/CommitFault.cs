namespace SshFunctions.Support.Store;

/// <summary>What goes wrong with one commit of an <see cref="InMemoryStore"/>.</summary>
internal abstract record CommitFault
{
    private CommitFault()
    {
    }

    /// <summary>It doesn't happen.</summary>
    internal sealed record Fail : CommitFault;

    /// <summary>It happens, and says that it didn't.</summary>
    internal sealed record LoseAnswer : CommitFault;

    /// <summary>None: it happens.</summary>
    internal sealed record Pass : CommitFault;

    /// <summary>Whoever made it dies before it happens, or after: from then on the store is away.</summary>
    internal sealed record Die(bool After) : CommitFault;

    /// <summary>It waits.</summary>
    internal sealed record Hold(HeldCommit Commit) : CommitFault;
}
