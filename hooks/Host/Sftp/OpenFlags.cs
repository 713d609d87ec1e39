namespace SshFunctions.Hooks.Host.Sftp;

/// <summary>The client's flags of OPEN. Source: draft-ietf-secsh-filexfer-02 section 6.3.</summary>
[Flags]
internal enum OpenFlags : uint
{
    None = 0,
    Read = 1,
    Write = 2,
    Append = 4,
    Create = 8,
    Truncate = 16,
    MustBeNew = 32,
}
