namespace SshFunctions.Core.Policy;

/// <summary>What a role may do to a place in the tree, other than connect.</summary>
public enum Right
{
    /// <summary>Read projects, environments, resources, grants and revocations.</summary>
    Read,

    /// <summary>Read the journal.</summary>
    ReadJournal,

    /// <summary>Put and remove projects, environments and resources.</summary>
    EditTree,

    /// <summary>Switch SSH on a resource.</summary>
    SwitchResource,

    /// <summary>Switch SSH on a project or an environment.</summary>
    SwitchEnvironment,

    /// <summary>Put and remove grants of a role up to one's own.</summary>
    EditGrants,

    /// <summary>Revoke access, and lift revocations.</summary>
    Revoke,

    /// <summary>Revoke a CA key, and lift that; asked on the root.</summary>
    RevokeCa,

    /// <summary>Put resources that reach beyond a host of one's own: by a bare login, an account on a git host, or a pattern; asked on the root.</summary>
    ManagePlainHosts,

    /// <summary>Create and remove access tokens of other subjects.</summary>
    ManageTokens,

    /// <summary>Repeat what the broker could not send; asked on the root.</summary>
    Operate,

    /// <summary>Rotate the broker's signing keys, and see how far a rotation is; asked on the root.</summary>
    RotateKeys,
}
