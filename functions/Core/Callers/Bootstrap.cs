using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;

namespace SshFunctions.Core.Callers;

/// <summary>Makes the first admin of an empty broker, once; and again when the operator says that all were lost.</summary>
public sealed class Bootstrap
{
    private static readonly DocumentKey Key = new("bootstrap", "done");
    private readonly IStore _store;
    private readonly JournalWriter _journal;
    private readonly AccessTokenRegistry _tokens;
    private readonly GrantRegistry _grants;
    private readonly RevocationRegistry _revocations;
    private readonly TimeProvider _clock;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Remembers that it was done.</param>
    /// <param name="journal">Records it.</param>
    /// <param name="tokens">Where the token is created.</param>
    /// <param name="grants">Where the grant is put.</param>
    /// <param name="revocations">Where a revocation of its subject is lifted, when it is made again.</param>
    /// <param name="clock">Expiry of the token.</param>
    public Bootstrap(IStore store, JournalWriter journal, AccessTokenRegistry tokens, GrantRegistry grants, RevocationRegistry revocations, TimeProvider clock)
    {
        _store = store;
        _journal = journal;
        _tokens = tokens;
        _grants = grants;
        _revocations = revocations;
        _clock = clock;
    }

    /// <summary>Life of the bootstrap token: long enough to make a token of one's own.</summary>
    public static TimeSpan TokenLife { get; } = TimeSpan.FromDays(1);

    /// <summary>Creates the bootstrap token and its admin grant, unless that was done before.</summary>
    /// <param name="again">Makes a token although one was made before.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The token, to be shown once; null when there is nothing to do.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    /// <remarks>That it was done is written last: a start that dies before leaves a token that nobody knows, and the next one makes another.</remarks>
    public async Task<CreatedAccessToken?> RunAsync(bool again, CancellationToken cancellationToken)
    {
        if (await _store.GetAsync(Key, cancellationToken) is not null && !again) return null;
        (Subject subject, GrantId grantId) = await GrantAsync(again, cancellationToken);
        var order = new AccessTokenOrder("bootstrap", CallerKind.Person, subject, [], _clock.GetUtcNow() + TokenLife);
        CreatedAccessToken created = Require(await _tokens.CreateAsync(Caller.System, order, cancellationToken));
        await _journal.AppendAsync(
            Caller.System, new JournalEvent.BrokerBootstrapped(created.Token.Id, grantId.Text), cancellationToken);
        await _store.TryPutAsync(Key, "{}"u8.ToArray(), null, cancellationToken);
        return created;
    }

    /// <summary>Takes in a bootstrap token that the operator made, and gives it the admin grant, unless that was done before.</summary>
    /// <param name="made">The token, without its secret; another one than before makes another admin.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it was taken in, and its life of <see cref="TokenLife"/> began; false when that was done before.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    /// <remarks>
    /// Several instances may do it at once, one of them late. The token comes with its mark in one commit, so it is made once for ever; what
    /// an admin removed since then stays removed. Each token has a subject and a grant of its own: one that was revoked stays revoked.
    /// </remarks>
    public async Task<bool> AdoptAsync(SealedAccessToken made, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(made);
        var done = new DocumentKey("bootstrap", $"adopted:{made.Id}");
        if (await _store.GetAsync(done, cancellationToken) is not null) return false;
        Subject subject = ReservedSubjects.FirstAdmin(made);
        var order = new AccessTokenOrder("bootstrap", CallerKind.Person, subject, [], _clock.GetUtcNow() + TokenLife);
        await _tokens.AdoptAsync(made, order, cancellationToken);
        // Whoever was faster has finished, or died after the token: only the second leaves something to do.
        bool open = await _store.GetAsync(done, cancellationToken) is null && await _tokens.FindAsync(made.Id, cancellationToken) is not null;
        GrantId id = GrantId.Parse(subject.Text);
        // Where another instance puts it at the same moment, the grant is there all the same.
        if (open && (await _grants.PutAsync(Caller.System, AdminGrant(id, subject), cancellationToken)).Refusal is { } refusal
            && (await _grants.FindAsync(id, cancellationToken) is not { } there || there.Path != ResourcePath.Root || there.Holder != Holder.Of(subject))) throw new StoreUnavailableException(refusal.Detail);
        if (!await _store.TryPutAsync(done, "{}"u8.ToArray(), null, cancellationToken) || !open) return false;
        await _journal.AppendAsync(Caller.System, new JournalEvent.BrokerBootstrapped(made.Id, id.Text), cancellationToken);
        return true;
    }

    private static Grant AdminGrant(GrantId id, Subject subject) =>
        new(id, ResourcePath.Root, Role.Admin, Holder.Of(subject), null, null, null, [Permission.Pty], null, null);

    private async Task<(Subject Subject, GrantId Grant)> GrantAsync(bool again, CancellationToken cancellationToken)
    {
        Subject subject = Subject.Parse("bootstrap");
        GrantId id = await FreeIdAsync(subject, cancellationToken);
        if (again) await _revocations.LiftAsync(Caller.System, $"subject:{subject}", cancellationToken);
        Require(await _grants.PutAsync(Caller.System, AdminGrant(id, subject), cancellationToken));
        return (subject, id);
    }

    /// <summary>The usual identifier, or another when somebody put a grant of that name elsewhere.</summary>
    private async Task<GrantId> FreeIdAsync(Subject subject, CancellationToken cancellationToken)
    {
        GrantId usual = GrantId.Parse("bootstrap-admin");
        Grant? taken = await _grants.FindAsync(usual, cancellationToken);
        return taken is null || (taken.Path == ResourcePath.Root && taken.Holder == Holder.Of(subject))
            ? usual
            : GrantId.Parse($"bootstrap-admin-{Guid.CreateVersion7():n}");
    }

    private static T Require<T>(Result<T> result)
        where T : notnull =>
        result.Try(out T? value, out Refusal? refusal) ? value : throw new StoreUnavailableException(refusal.Detail);
}
