namespace SshFunctions.Core.Sessions;

/// <summary>A login that nothing this broker issued explains.</summary>
/// <param name="Session">The host's name for the connection.</param>
/// <param name="Login">Unix account.</param>
/// <param name="Fault">Why nothing explains it.</param>
/// <param name="IsNew">Whether nobody had told it before.</param>
public sealed record UnexplainedSession(string Session, string Login, string Fault, bool IsNew);
