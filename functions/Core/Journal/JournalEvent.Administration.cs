using System.Collections.Immutable;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Journal;

public abstract partial record JournalEvent
{
    /// <summary>An access token was created.</summary>
    /// <param name="Id">Public half of the token.</param>
    /// <param name="Name">What people call it.</param>
    /// <param name="CallerKind">What sort of party it speaks for.</param>
    /// <param name="Subject">Whom it speaks for.</param>
    /// <param name="Groups">Groups of the subject.</param>
    /// <param name="Expires">UTC, exclusive.</param>
    public sealed record TokenCreated(
        string Id,
        string Name,
        CallerKind CallerKind,
        Subject Subject,
        ImmutableArray<GroupName> Groups,
        DateTimeOffset Expires) : JournalEvent;

    /// <summary>An access token was removed.</summary>
    /// <param name="Id">Public half of the token.</param>
    /// <param name="Subject">Whom it spoke for.</param>
    public sealed record TokenRemoved(string Id, Subject Subject) : JournalEvent;

    /// <summary>A project was made or changed.</summary>
    /// <param name="Project">As it is from now on.</param>
    public sealed record ProjectPut(Project Project) : JournalEvent
    {
        private protected override ResourcePath? Place => Project.Path;
    }

    /// <summary>An environment was made or changed.</summary>
    /// <param name="Environment">As it is from now on.</param>
    public sealed record EnvironmentPut(ProjectEnvironment Environment) : JournalEvent
    {
        private protected override ResourcePath? Place => Environment.Path;
    }

    /// <summary>A resource was made or changed.</summary>
    /// <param name="Resource">As it is from now on.</param>
    public sealed record ResourcePut(Resource Resource) : JournalEvent
    {
        private protected override ResourcePath? Place => Resource.Path;
    }

    /// <summary>SSH was switched on one level.</summary>
    /// <param name="Path">Which project, environment or resource.</param>
    /// <param name="State">As it is from now on.</param>
    /// <param name="Reason">Why, in the words of who did it; null for none.</param>
    public sealed record SshSwitchSet(ResourcePath Path, SshSwitch State, string? Reason) : JournalEvent
    {
        private protected override ResourcePath? Place => Path;
    }

    /// <summary>A project, environment or resource was removed.</summary>
    /// <param name="Path">Which.</param>
    public sealed record PathRemoved(ResourcePath Path) : JournalEvent
    {
        private protected override ResourcePath? Place => Path;
    }

    /// <summary>A grant was made or changed.</summary>
    /// <param name="Grant">As it is from now on.</param>
    public sealed record GrantPut(Grant Grant) : JournalEvent
    {
        private protected override ResourcePath? Place => Grant.Path;
    }

    /// <summary>A grant was removed.</summary>
    /// <param name="Id">Its identifier.</param>
    /// <param name="Path">Where it held.</param>
    public sealed record GrantRemoved(string Id, ResourcePath Path) : JournalEvent
    {
        private protected override ResourcePath? Place => Path;
    }
}
