namespace SshFunctions.Hooks.Host;

/// <summary>How stale everything on a host is; times are UTC.</summary>
/// <param name="Host">The host's identifier.</param>
/// <param name="Resource">Path of the resource that it is.</param>
/// <param name="Broker">Its broker.</param>
/// <param name="BrokerAnswers">Whether the broker answered just now.</param>
/// <param name="RevocationListVersion">Version of the KRL that sshd reads; null when that is not what the broker signed.</param>
/// <param name="RevocationListMade">When the broker made it.</param>
/// <param name="RevocationListChecked">When the broker last said that there is none newer.</param>
/// <param name="TrustVersion">Version of the trust bundle in force.</param>
/// <param name="TokenExpires">When the host's token ends, exclusive.</param>
/// <param name="HostCertificates">The end of each host certificate, by the host key's file; null where there is none.</param>
/// <param name="AuthorizedKeysIssued">When the list of registered keys was signed; null when none is held.</param>
/// <param name="AuthorizedKeysUntil">Until when it counts while the broker is away; null for not at all.</param>
/// <param name="Sessions">Live sessions.</param>
/// <param name="Spool">Events and alarms that the broker has not heard of.</param>
/// <param name="Refreshed">When everything was last as it should be.</param>
/// <param name="LastError">What last went wrong; null when nothing is wrong.</param>
/// <param name="LastAlarm">The last alarm.</param>
/// <param name="LastAlarmTime">When it was raised.</param>
/// <param name="Stale">What is stale, for people; empty when everything is fresh.</param>
internal sealed record HostStatus(
    string Host,
    string Resource,
    string Broker,
    bool BrokerAnswers,
    long? RevocationListVersion,
    DateTimeOffset? RevocationListMade,
    DateTimeOffset? RevocationListChecked,
    long TrustVersion,
    DateTimeOffset TokenExpires,
    IReadOnlyDictionary<string, DateTimeOffset?> HostCertificates,
    DateTimeOffset? AuthorizedKeysIssued,
    DateTimeOffset? AuthorizedKeysUntil,
    int Sessions,
    int Spool,
    DateTimeOffset? Refreshed,
    string? LastError,
    string? LastAlarm,
    DateTimeOffset? LastAlarmTime,
    IReadOnlyList<string> Stale);
