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

    /// <summary>It waits.</summary>
    internal sealed record Hold(HeldCommit Commit) : CommitFault;
}
