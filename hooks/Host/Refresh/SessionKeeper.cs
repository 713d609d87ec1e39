using System.Collections.Concurrent;
using SshFunctions.Hooks.Host.Sessions;

namespace SshFunctions.Hooks.Host.Refresh;

/// <summary>Keeps the list of live sessions true, and ends those whose credential was taken back.</summary>
/// <remarks>Every session is held against every list once: one that began while a list was under way is not missed.</remarks>
internal sealed class SessionKeeper(HostAgent agent)
{
    private readonly HashSet<string> _checked = [];
    private readonly ConcurrentQueue<(LiveSession Session, string? Reason)> _refused = new();
    private HeldRevocationList? _by;

    /// <summary>Ends some at the next look; thread safe.</summary>
    internal void Refuse(IEnumerable<(LiveSession Session, string? Reason)> sessions)
    {
        foreach ((LiveSession Session, string? Reason) one in sessions)
            _refused.Enqueue(one);
    }

    /// <summary>One look; returns whether there is something new for the broker.</summary>
    internal async Task<bool> TendAsync()
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
        (LiveSession Session, string? Reason)[] judged = [.. unchecked_.Select(session => (session, ReasonOf(session, held))), .. TakeRefused()];
        // Both the list and the broker may be against one.
        judged = [.. judged.Where(one => one.Reason is not null).DistinctBy(one => one.Session.Id)];
        await Task.WhenAll(judged.Select(one => SessionEnd.EndAsync(agent.Folders, one.Session, one.Reason!)));
        return changed || judged.Length > 0;
    }

    // One that was being ended when an agent died is ended now.
    private string? ReasonOf(LiveSession session, HeldRevocationList? held) =>
        session.EndReason ?? (held is null ? null : RevokedSession.ReasonOf(session, held.List, agent.Trust.UserCas));

    // One that is over by now was said to be.
    private List<(LiveSession Session, string? Reason)> TakeRefused()
    {
        List<(LiveSession Session, string? Reason)> taken = [];
        HashSet<string> there = [.. SessionFiles.Ids(agent.Folders)];
        while (_refused.TryDequeue(out (LiveSession Session, string? Reason) one))
        {
            if (there.Contains(one.Session.Id))
                taken.Add(one);
        }

        return taken;
    }

    private bool CloseDead()
    {
        IReadOnlyList<LiveSession> dead = SessionFiles.Dead(agent.Folders);
        foreach (LiveSession session in dead)
            SessionEnd.Finish(agent.Folders, session);
        return dead.Count > 0;
    }
}
