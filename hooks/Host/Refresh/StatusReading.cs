using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Host.Sessions;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Refresh;

/// <summary>Reads how stale everything is, without changing anything.</summary>
internal static class StatusReading
{
    // A timer runs every minute; several missed runs are no accident.
    private static readonly TimeSpan LongestUnchecked = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(3);

    /// <summary>The status and the exit code that says what is stale first.</summary>
    internal static async Task<(HostStatus Status, int Code)> ReadAsync(HostFolders folders, CancellationToken cancellationToken)
    {
        HostSettings settings = HostFiles.ReadSettings(folders);
        string token = HostFiles.ReadToken(folders);
        PinnedTrust trust = PinnedTrust.Read(folders);
        AgentState state = HostFiles.ReadState(folders)
            ?? throw new CommandFailedException(ExitCode.Failed, $"{folders.State} does not exist", "enroll the host again: sshfn host enroll --help");
        HeldRevocationList? list = ReadList(folders, trust, state);
        AuthorizedKeysDocument? keys = settings.RegisteredKeys ? SignedKeys.Read(folders, settings, trust) : null;
        bool? isKnown = await KnowsAsync(settings, token, cancellationToken);
        HostStatus status = new(
            settings.Host, settings.Resource, settings.Broker, isKnown is not null,
            (long?)list?.List.Version, list?.List.Generated, state.RevocationListChecked, trust.Bundle.Version, state.TokenExpires,
            settings.HostKeys.ToDictionary(path => path, path => RenewHostCertificates.Find(folders, path)?.Content.ValidBefore),
            keys?.Issued, keys is null || settings.OfflineKeysForSeconds == 0 ? null : OfflineKeys.Until(keys, settings),
            SessionFiles.Count(folders), Spool.Count(folders), state.Refreshed, state.LastError, state.LastAlarm, state.LastAlarmTime, []);
        (int Code, string Text)[] stale = [.. Forgotten(isKnown), .. Stale(status, settings, Clock.Now)];
        return (status with { Stale = [.. stale.Select(one => one.Text)] }, stale.Select(one => one.Code).FirstOrDefault());
    }

    private static IEnumerable<(int Code, string Text)> Forgotten(bool? isKnown)
    {
        if (isKnown == false)
            yield return (StaleCode.Token, "this host is no longer enrolled: the broker does not take its token; sshfn host enroll --again with a new enrollment token, or sshfn host unenroll");
    }

    private static IEnumerable<(int Code, string Text)> Stale(HostStatus status, HostSettings settings, DateTimeOffset now)
    {
        if (!status.BrokerAnswers)
            yield return (ExitCode.Unavailable, "the broker does not answer");
        if (status.RevocationListVersion is null)
            yield return (StaleCode.RevocationList, "what sshd reads as revocation list is not what the broker signed");
        else if (!(now - status.RevocationListChecked < LongestUnchecked))
            yield return (StaleCode.RevocationList, "nobody asked for a newer revocation list for more than five minutes: does sshfn host refresh run?");
        if (settings.RegisteredKeys && settings.OfflineKeysForSeconds > 0 && !(now < status.AuthorizedKeysUntil))
            yield return (StaleCode.AuthorizedKeys, "the list of registered keys counts no more while the broker is away");
        foreach ((string path, DateTimeOffset? until) in status.HostCertificates)
        {
            if (!(now < until))
                yield return (StaleCode.HostCertificates, $"{path} has no certificate that holds");
        }

        if (status.TokenExpires <= now)
            yield return (StaleCode.Token, "the host's token has ended: enroll the host again");
        if (status.Spool > 0 && !status.BrokerAnswers)
            yield return (StaleCode.Spool, "there are logins or alarms that the broker has not heard of");
    }

    private static HeldRevocationList? ReadList(HostFolders folders, PinnedTrust trust, AgentState state) =>
        Files.Exists(folders.RevocationList) && Files.Exists(folders.RevocationListSignature)
            ? HeldRevocationList.Verify(
                Files.ReadBytes(folders.RevocationList), Files.ReadBytes(folders.RevocationListSignature), trust, state.RevocationListVersion, out _)
            : null;

    // Null: the broker does not answer.
    private static async Task<bool?> KnowsAsync(HostSettings settings, string token, CancellationToken cancellationToken)
    {
        using BrokerClient client = new(BrokerAddress.Parse(settings.Broker), token, RequestTimeout, settings.CaFile);
        try
        {
            await client.GetAsync(Routes.Me, cancellationToken);
            return true;
        }
        catch (CommandFailedException failure)
        {
            return failure.ExitCode switch
            {
                ExitCode.NotSignedIn => false,
                ExitCode.Unavailable => null,
                _ => true,
            };
        }
    }
}
