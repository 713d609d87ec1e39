namespace SshFunctions.App.Hosting.Outbound;

/// <summary>One forwarder as it is written.</summary>
/// <param name="Name">What people call it; a new name begins at the journal's first entry.</param>
/// <param name="Kind"><c>syslog</c>, <c>otlp</c> or <c>webhook</c>.</param>
/// <param name="Url"><c>tcp://HOST:PORT</c> or <c>tls://HOST:PORT</c> for syslog, else an https address.</param>
/// <param name="UrlFile">File that holds it, where the address is itself a secret.</param>
/// <param name="UrlVariable">Environment variable that holds it.</param>
/// <param name="Kinds">Patterns of event kinds; every kind when absent.</param>
/// <param name="Path">Only what is about this place or below it.</param>
/// <param name="SecretFile">File with the secrets that a webhook is signed with, one a line.</param>
/// <param name="SecretVariable">Environment variable that holds them, with blanks between.</param>
/// <param name="AuthorizationFile">File with the value of an Authorization header, for OTLP.</param>
/// <param name="AuthorizationVariable">Environment variable that holds it.</param>
/// <param name="CaFile">PEM certificates that a syslog server's must descend from; the system's when absent.</param>
internal sealed record ForwarderDocument(
    string Name,
    string Kind,
    string? Url = null,
    string? UrlFile = null,
    string? UrlVariable = null,
    IReadOnlyList<string>? Kinds = null,
    string? Path = null,
    string? SecretFile = null,
    string? SecretVariable = null,
    string? AuthorizationFile = null,
    string? AuthorizationVariable = null,
    string? CaFile = null);
