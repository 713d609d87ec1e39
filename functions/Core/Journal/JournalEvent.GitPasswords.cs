using SshFunctions.Core.Access;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Journal;

public abstract partial record JournalEvent
{
    /// <summary>A password for git over HTTPS was minted.</summary>
    /// <param name="Resource">What it is for.</param>
    /// <param name="Login">Login it is for.</param>
    /// <param name="Grant">The grant that allowed it.</param>
    /// <param name="Password">Public half of the password.</param>
    /// <param name="Expires">UTC, exclusive.</param>
    public sealed record GitPasswordIssued(ResourcePath Resource, Login Login, string Grant, string Password, DateTimeOffset Expires) : JournalEvent
    {
        private protected override ResourcePath? Place => Resource;

        private protected override AccessRequestId? ConcernedRequest => AccessRequestId.OfGrant(Grant);
    }

    /// <summary>A password for git over HTTPS was asked for and refused.</summary>
    /// <param name="Resource">What it was for.</param>
    /// <param name="Login">Login it was for.</param>
    /// <param name="Reason">The deciding rule.</param>
    public sealed record GitPasswordRefused(ResourcePath Resource, Login Login, string Reason) : JournalEvent
    {
        private protected override ResourcePath? Place => Resource;
    }
}
