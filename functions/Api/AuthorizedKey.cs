namespace SshFunctions.Api;

/// <summary>A registered key that may enter a host as a login, and with what options.</summary>
/// <param name="PublicKey">Algorithm and base64.</param>
/// <param name="Login">Unix account.</param>
/// <param name="Subject">Whose it is: a subject, or <c>group=NAME</c>.</param>
/// <param name="Grant">The grant that allows it.</param>
/// <param name="Permissions">What a session may do; everything else is restricted.</param>
/// <param name="ForwardTargets">What port forwarding may reach, <c>host:port</c>; null for whatever.</param>
/// <param name="SftpFolder">File transfer in this folder and nothing else; null for no such limit.</param>
/// <param name="ForcedCommand">The only command that may run; null for any.</param>
/// <param name="SourceAddresses">CIDR blocks that the client must come from; null for anywhere.</param>
/// <param name="NotAfter">UTC, exclusive; null for no end that is known.</param>
public sealed record AuthorizedKey(
    string PublicKey,
    string Login,
    string Subject,
    string Grant,
    IReadOnlyList<string> Permissions,
    IReadOnlyList<string>? ForwardTargets = null,
    string? SftpFolder = null,
    string? ForcedCommand = null,
    IReadOnlyList<string>? SourceAddresses = null,
    DateTimeOffset? NotAfter = null);
