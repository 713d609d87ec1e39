using SshFunctions.Support.Broker;

namespace SshFunctions.App.Tests.Authorization;

/// <summary>One kind of caller.</summary>
/// <param name="Name">As failures call it.</param>
/// <param name="Api">The API as it is used by that caller.</param>
internal sealed record MatrixCaller(string Name, BrokerApi Api)
{
    /// <summary>How a request of a caller that proved nothing, or is shut out, is answered; null for one who is let in.</summary>
    public int? ShutOut { get; init; }

    /// <summary>The project of its role, or of its host; null for none, <c>/</c> for everything.</summary>
    public string? Project { get; init; }

    /// <summary>0 for none, then auditor, developer, manager, admin.</summary>
    public int Role { get; init; }

    public bool IsService { get; init; }

    /// <summary>Whether it owns the objects of its project.</summary>
    public bool IsOwner { get; init; }

    public bool IsHost { get; init; }

    /// <summary>Whether the objects of its project are about this very host.</summary>
    public bool IsTheHost { get; init; }

    /// <summary>Whether it holds nothing in a project: then it must not be told what there is.</summary>
    public bool IsStrangerTo(string project) => Project != "/" && (Project != project || (IsHost && !IsTheHost));

    /// <summary>Whether it may have a row's function do its work on the objects of a project.</summary>
    public bool May(MatrixRow row, string project)
    {
        if (row.Needs is Needs.Nothing) return true;
        if (ShutOut is not null || row.Needs is Needs.ProofInBody) return false;
        int role = Project == project || Project == "/" ? Role : 0;
        int roleOfAll = Project == "/" ? Role : 0;
        bool isTheirs = Project == project;
        if (row.OrOwner && IsOwner && isTheirs) return true;
        if (row.OrHostItself && IsTheHost && isTheirs) return true;
        return row.Needs switch
        {
            Needs.Anyone => true,
            Needs.PersonOrService => !IsHost,
            Needs.Person => !IsHost && !IsService,
            Needs.Auditor => role >= 1,
            Needs.Developer => role >= 2,
            Needs.Manager => role >= 3,
            Needs.AuditorOfAll => roleOfAll >= 1,
            Needs.ManagerOfAll => roleOfAll >= 3,
            Needs.AdminOfAll => roleOfAll >= 4,
            Needs.Owner => roleOfAll >= 4 || (IsOwner && isTheirs),
            Needs.OwnerAlone => IsOwner && isTheirs,
            Needs.Host => IsHost,
            Needs.HostOfProject => IsHost && isTheirs,
            Needs.HostItself => IsTheHost && isTheirs,
            Needs.GitServer => IsService && role >= 1,
            _ => throw new InvalidOperationException($"nobody decides {row.Needs}"),
        };
    }
}
