namespace SshFunctions.Api;

/// <summary>Stable values of <see cref="Problem.Type"/>.</summary>
public static class ProblemTypes
{
    /// <summary>400: the request is malformed or a value is out of bounds.</summary>
    public const string Invalid = "urn:sshfn:problem:invalid";

    /// <summary>401: no credential, or one that is unknown, expired or malformed.</summary>
    public const string Unauthenticated = "urn:sshfn:problem:unauthenticated";

    /// <summary>403: the policy refuses.</summary>
    public const string Denied = "urn:sshfn:problem:denied";

    /// <summary>404: what the request names does not exist.</summary>
    public const string NotFound = "urn:sshfn:problem:not-found";

    /// <summary>405: the path does not take this method; Allow lists those that it takes.</summary>
    public const string MethodNotAllowed = "urn:sshfn:problem:method-not-allowed";

    /// <summary>409: the request contradicts what is stored.</summary>
    public const string Conflict = "urn:sshfn:problem:conflict";

    /// <summary>413: the body or the headers are larger than the broker takes.</summary>
    public const string TooLarge = "urn:sshfn:problem:too-large";

    /// <summary>415: the body is not declared as JSON in UTF-8.</summary>
    public const string UnsupportedMediaType = "urn:sshfn:problem:unsupported-media-type";

    /// <summary>429: too many requests; Retry-After says when to come back.</summary>
    public const string TooMany = "urn:sshfn:problem:too-many";

    /// <summary>503: the store or a signer is away; Retry-After says when to come back.</summary>
    public const string Unavailable = "urn:sshfn:problem:unavailable";

    /// <summary>500: a defect of the broker; the correlation id leads to its log.</summary>
    public const string Defect = "urn:sshfn:problem:defect";
}
