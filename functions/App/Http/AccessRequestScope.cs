namespace SshFunctions.App.Http;

/// <summary>Which access requests a list is about.</summary>
internal enum AccessRequestScope
{
    /// <summary>All that the caller may know of.</summary>
    All,

    /// <summary>Those that give the caller access.</summary>
    Mine,

    /// <summary>Those that wait for the caller's decision or review.</summary>
    ToDecide,
}
