namespace SshFunctions.App.Tests.Authorization;

/// <summary>The least that a caller must be for a function to do its work. What is named a role is held on the object's project, or above.</summary>
internal enum Needs
{
    /// <summary>Open.</summary>
    Nothing,

    /// <summary>Open, with a proof of its own in the body, which nobody here has.</summary>
    ProofInBody,

    /// <summary>Anybody who proved who they are.</summary>
    Anyone,

    /// <summary>The same, but no host.</summary>
    PersonOrService,

    /// <summary>A person.</summary>
    Person,

    /// <summary>Role auditor.</summary>
    Auditor,

    /// <summary>Role developer.</summary>
    Developer,

    /// <summary>Role manager.</summary>
    Manager,

    /// <summary>Role auditor on everything.</summary>
    AuditorOfAll,

    /// <summary>Role manager on everything.</summary>
    ManagerOfAll,

    /// <summary>Role admin on everything.</summary>
    AdminOfAll,

    /// <summary>Whose object it is, and an admin of everything.</summary>
    Owner,

    /// <summary>Whose object it is alone.</summary>
    OwnerAlone,

    /// <summary>Any enrolled host.</summary>
    Host,

    /// <summary>A host of the object's project.</summary>
    HostOfProject,

    /// <summary>The one host that the object is about.</summary>
    HostItself,

    /// <summary>A service with role auditor.</summary>
    GitServer,
}
