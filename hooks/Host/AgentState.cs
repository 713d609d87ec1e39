namespace SshFunctions.Hooks.Host;

/// <summary>What the agent remembers from one run to the next, <c>state.json</c>; times are UTC by this machine's clock.</summary>
/// <param name="TokenCreated">When the host's token began.</param>
/// <param name="TokenExpires">When it ends, exclusive: it is rotated in its last third.</param>
/// <param name="TrustVersion">The greatest version of the trust bundle that was ever in force here.</param>
/// <param name="RevocationListVersion">The greatest version of the KRL that was ever in force here: none below it is taken.</param>
/// <param name="RevocationListTag">The ETag that the KRL in force came with; null when it is not known.</param>
/// <param name="AuthorizedKeysIssued">When the newest list of registered keys was signed: none older is taken.</param>
/// <param name="RevocationListChecked">When the broker last said that the KRL in force is the newest.</param>
/// <param name="Refreshed">When everything was last as it should be.</param>
/// <param name="Reported">When the broker last took a report.</param>
/// <param name="LastError">What last went wrong; null when the last run went well.</param>
/// <param name="LastErrorTime">When it did.</param>
/// <param name="LastAlarmId">Identifier of the last alarm: what goes on being wrong raises one a day.</param>
/// <param name="LastAlarm">The last alarm that was raised.</param>
/// <param name="LastAlarmTime">When it was.</param>
/// <param name="HostCa">Fingerprint of the host CA key that signs, as the bundle in force says; null when it is not known.</param>
/// <param name="HostCaSince">When that was learned.</param>
/// <param name="Host">Identifier of the host whose state it is; null where a release wrote it that did not note it.</param>
internal sealed record AgentState(
    DateTimeOffset TokenCreated,
    DateTimeOffset TokenExpires,
    long TrustVersion = 0,
    long RevocationListVersion = 0,
    string? RevocationListTag = null,
    DateTimeOffset? AuthorizedKeysIssued = null,
    DateTimeOffset? RevocationListChecked = null,
    DateTimeOffset? Refreshed = null,
    DateTimeOffset? Reported = null,
    string? LastError = null,
    DateTimeOffset? LastErrorTime = null,
    string? LastAlarmId = null,
    string? LastAlarm = null,
    DateTimeOffset? LastAlarmTime = null,
    string? HostCa = null,
    DateTimeOffset? HostCaSince = null,
    string? Host = null)
{
    /// <summary>The state for a host: one that a process of before wrote last, while the machine was enrolled anew, says nothing of the token, which is then rotated at once.</summary>
    internal AgentState For(string host, DateTimeOffset now) => Host is null || Host == host
        ? this with { Host = host }
        : this with { Host = host, TokenCreated = now, TokenExpires = now, RevocationListTag = null };
}
