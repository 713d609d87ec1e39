using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Sftp;

/// <summary>How a request ended, for the client and for the person who reads its messages.</summary>
internal readonly record struct Status(StatusCode Code, string Text)
{
    internal static Status Ok => new(StatusCode.Ok, "done");

    internal static Status EndOfFile => new(StatusCode.EndOfFile, "end of file");

    internal static Status NoSuchFile => new(StatusCode.NoSuchFile, "no such file");

    internal static Status NotOpen => new(StatusCode.Failure, "no such handle is open");

    internal static Status TooManyOpen => new(StatusCode.Failure, "too many handles are open: close some");

    internal static Status Unsupported => new(StatusCode.Unsupported, "this server does not do that");

    internal static Status Denied(string why) => new(StatusCode.PermissionDenied, why);

    /// <summary>The one place where an error of the kernel becomes a status.</summary>
    internal static Status Of(Errno error) => error switch
    {
        Errno.None => Ok,
        Errno.NoEntry or Errno.NotFolder => NoSuchFile,
        Errno.LinkLoop => new(StatusCode.NoSuchFile, "the link leads in a circle"),
        Errno.NotPermitted or Errno.AccessDenied => Denied("permission denied"),
        Errno.LeadsOut => Denied("that leads out of this folder, or to another file system"),
        Errno.ReadOnly => Denied("the file system is read-only"),
        Errno.NotImplemented or Errno.NotSupported => Unsupported,
        Errno.Exists => new(StatusCode.Failure, "a file of that name exists"),
        Errno.NotEmpty => new(StatusCode.Failure, "the folder is not empty"),
        Errno.IsFolder => new(StatusCode.Failure, "that is a folder"),
        Errno.NoSpace => new(StatusCode.Failure, "no space is left"),
        Errno.OverQuota => new(StatusCode.Failure, "the quota is used up"),
        Errno.FileTooLarge => new(StatusCode.Failure, "the file would be too large"),
        Errno.NameTooLong => new(StatusCode.Failure, "the name is too long"),
        _ => new(StatusCode.Failure, $"the kernel refuses: error {(int)error}"),
    };
}
