using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Host.Sessions;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Hooks.Host.Refresh;

/// <summary>Keeps the list of live sessions true, and ends those whose credential was taken back.</summary>
/// <remarks>Every session is held against every list once: one that began while a list was under way is not missed.</remarks>
internal sealed class SessionKeeper(HostAgent agent)
{
    private readonly HashSet<string> _checked = [];
    private HeldRevocationList? _by;

    /// <summary>One look; returns whether there is something new for the broker.</summary>
    internal async Task<bool> TendAsync(CancellationToken cancellationToken)
    {
        RedeemedPasscode.Sweep(agent.Folders);
        HeldRevocationList? held = agent.RevocationList.Held;
        bool isNewList = !ReferenceEquals(held, _by);
        if (isNewList)
            _checked.Clear();
        _by = held;
        bool changed = CloseDead();
        _checked.IntersectWith(SessionFiles.Ids(agent.Folders));
        IReadOnlyList<LiveSession> unchecked_ = SessionFiles.AllBut(agent.Folders, _checked);
        _checked.UnionWith(unchecked_.Select(session => session.Id));
        (LiveSession Session, string? Reason)[] judged = [.. unchecked_.Select(session => (session, ReasonOf(session, held)))];
        await Task.WhenAll(judged.Where(one => one.Reason is not null).Select(one => SessionEnd.EndAsync(agent.Folders, one.Session, one.Reason!)));
        bool keys = isNewList && await EndRefusedKeysAsync(judged.Where(one => one.Reason is null).Select(one => one.Session), cancellationToken);
        return changed || keys || judged.Any(one => one.Reason is not null);
    }

    // One that was being ended when an agent died is ended now.
    private string? ReasonOf(LiveSession session, HeldRevocationList? held) =>
        session.EndReason ?? (held is null ? null : RevokedSession.ReasonOf(session, held.List, agent.Trust.UserCas));

    private bool CloseDead()
    {
        IReadOnlyList<LiveSession> dead = SessionFiles.Dead(agent.Folders);
        foreach (LiveSession session in dead)
            SessionEnd.Finish(agent.Folders, session);
        return dead.Count > 0;
    }

    // A KRL names keys that were revoked; a grant that was taken away, or SSH switched off, only the broker knows.
    private async Task<bool> EndRefusedKeysAsync(IEnumerable<LiveSession> sessions, CancellationToken cancellationToken)
    {
        bool ended = false;
        foreach (var group in sessions.Where(session => session.Method == LiveSession.ByKey).GroupBy(session => (session.Login, session.Key)))
        {
            if (await RefusalAsync(group.Key.Login, group.Key.Key, cancellationToken) is not { } reason)
                continue;
            await Task.WhenAll(group.Select(session => SessionEnd.EndAsync(agent.Folders, session, reason)));
            ended = true;
        }

        return ended;
    }

    private async Task<string?> RefusalAsync(string login, string? key, CancellationToken cancellationToken)
    {
        if (!SshPublicKey.TryParse(key, out SshPublicKey? parsed, out _))
            return null;
        try
        {
            await agent.Client.PostAsync(Routes.AuthorizeKey, new AuthorizeKeyRequest(login, parsed.ToText()), Contract.Json.AuthorizeKeyRequest, cancellationToken);
            return null;
        }
        catch (CommandFailedException failure)
        {
            // Anything else says something about the broker or this host, and nothing about the key.
            return failure.ExitCode is ExitCode.Failed or ExitCode.NotFound ? $"the key {parsed.Fingerprint} may not enter any more" : null;
        }
    }
}
