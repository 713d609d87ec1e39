using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Restoring;

namespace SshFunctions.Core.Callers.OpenId;

/// <summary>Remembers which single-use tokens were used, until they expire.</summary>
/// <remarks>
/// Partition <c>spent-tokens</c>: row SHA-256 of issuer and <c>jti</c>. Rows are random, so each use removes the expired ones among the
/// few that follow its own, and over many uses all of them: at most an eighth as many wait as are alive.
/// </remarks>
public sealed class SpentTokens
{
    private const string Partition = "spent-tokens";
    private const int PruneCount = 8;
    private readonly IStore _store;
    private readonly TimeProvider _clock;
    private readonly RestoreMarks _restores;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where they are remembered.</param>
    /// <param name="clock">Says which have expired.</param>
    public SpentTokens(IStore store, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
        _restores = new RestoreMarks(store);
    }

    /// <summary>Uses a token up. To be called when all checks have passed: else a forged copy would burn the genuine one.</summary>
    /// <param name="token">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// <see cref="Refusal.Unauthenticated"/> when it was used before, or may have been: it was issued before the broker was restored from
    /// a backup, or does not tell. Of several at once exactly one is not refused.
    /// </returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<Done>> SpendAsync(SingleUse token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (await _restores.FindAsync(cancellationToken) is { } restore && !(token.Issued > restore.Time + OpenIdIssuer.ClockSkew))
        {
            return new Refusal.Unauthenticated(
                $"the token counts once, and tells of no time after the broker was restored from a backup, {restore.Time.UtcDateTime:u}", "get a new token");
        }

        string row = RowOf(token.Issuer, token.Id);
        var insert = new DocumentChange.Insert(row, Json.Encode(new SpentToken(token.Expires), CoreJson.Default.SpentToken));
        List<DocumentChange> changes = [insert, .. await FindExpiredAsync(row, cancellationToken)];
        CommitResult result = await _store.CommitAsync(Partition, changes, cancellationToken);
        // Somebody else removed an expired one meanwhile, which is as well.
        if (result is CommitResult.Conflicted { ChangeIndex: > 0 })
            result = await _store.CommitAsync(Partition, [insert], cancellationToken);
        return result is CommitResult.Committed
            ? Done.Instance
            : new Refusal.Unauthenticated("the token was used before, and each counts once", "get a new token for each use");
    }

    private async ValueTask<IEnumerable<DocumentChange>> FindExpiredAsync(string row, CancellationToken cancellationToken)
    {
        // Another broker's clock may be behind this one's, and still take the token.
        DateTimeOffset past = _clock.GetUtcNow() - OpenIdIssuer.ClockSkew;
        DocumentPage page = await _store.ListAsync(Partition, RowRange.All.After(row).Take(PruneCount), cancellationToken);
        return page.Documents
            .Where(document => Json.Decode(document.Body, CoreJson.Default.SpentToken).Expires <= past)
            .Select(document => new DocumentChange.Delete(document.Key.Row, document.Version));
    }

    // The length keeps an issuer and an identifier from being cut elsewhere.
    private static string RowOf(string issuer, string id) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer.Length}:{issuer}{id}")));
}
