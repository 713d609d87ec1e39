namespace SshFunctions.Hooks.Outside;

/// <summary>How a call to the kernel ended, as far as anybody here tells one way from another; the same numbers on x64 and arm64.</summary>
internal enum Errno
{
    None = 0,
    NotPermitted = 1,
    NoEntry = 2,
    Interrupted = 4,
    InputOutput = 5,
    TryAgain = 11,
    AccessDenied = 13,
    Exists = 17,
    LeadsOut = 18,
    NotFolder = 20,
    IsFolder = 21,
    Invalid = 22,
    TooManyOpenFiles = 24,
    FileTooLarge = 27,
    NoSpace = 28,
    ReadOnly = 30,
    BrokenPipe = 32,
    NameTooLong = 36,
    NotImplemented = 38,
    NotEmpty = 39,
    LinkLoop = 40,
    NotSupported = 95,
    OverQuota = 122,
}
