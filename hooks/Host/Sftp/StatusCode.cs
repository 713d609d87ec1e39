namespace SshFunctions.Hooks.Host.Sftp;

/// <summary>How a request ended. Source: draft-ietf-secsh-filexfer-02 section 7.</summary>
internal enum StatusCode : uint
{
    Ok = 0,
    EndOfFile = 1,
    NoSuchFile = 2,
    PermissionDenied = 3,
    Failure = 4,
    Unsupported = 8,
}
