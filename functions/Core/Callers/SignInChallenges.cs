using System.Security.Cryptography;
using SshFunctions.Core.Ports;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Callers;

/// <summary>Makes challenges and takes each back once, over restarts and instances.</summary>
/// <remarks>
/// Partition <c>sign-ins</c>: row <c>key</c> marks the challenges of every instance; row <c>c:EXPIRES:NONCE</c> says that one was answered,
/// until it would have expired anyhow.
/// </remarks>
public sealed class SignInChallenges
{
    private const string Partition = "sign-ins";
    private const string Answered = "c:";
    private const int KeyBytes = 32;
    private const int PruneSize = 30;
    private static readonly DocumentKey KeyPlace = new(Partition, "key");
    private readonly IStore _store;
    private readonly TimeProvider _clock;
    private byte[]? _key;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where answered challenges lie.</param>
    /// <param name="clock">Says which have expired.</param>
    public SignInChallenges(IStore store, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
    }

    /// <summary>How long a challenge can be answered.</summary>
    public static TimeSpan Life { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Makes a challenge for a key, whoever it belongs to: who asks is not told whether it is registered.</summary>
    /// <param name="broker">The broker's own address, which is part of the text.</param>
    /// <param name="key">The key that shall sign it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The text to sign, and when it expires.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<IssuedChallenge> IssueAsync(string broker, Fingerprint key, CancellationToken cancellationToken)
    {
        SignInChallenge challenge = SignInChallenge.Make(broker, key, _clock.GetUtcNow() + Life);
        return new IssuedChallenge(challenge.ToText(await KeyAsync(cancellationToken)), challenge.Expires);
    }

    /// <summary>Makes every challenge void that was ever issued. Only where no broker is alive.</summary>
    internal static async Task ForgetAsync(IStore store, CancellationToken cancellationToken) => await store.TryDeleteAsync(KeyPlace, cancellationToken);

    /// <summary>Reads a challenge back; null when this broker did not write it or it has expired.</summary>
    internal async Task<SignInChallenge?> ReadAsync(string text, string broker, CancellationToken cancellationToken) =>
        SignInChallenge.Read(text, broker, await KeyAsync(cancellationToken)) is { } challenge && _clock.GetUtcNow() < challenge.Expires
            ? challenge
            : null;

    /// <summary>Takes it back; false when it was answered before.</summary>
    internal async Task<bool> TryConsumeAsync(SignInChallenge challenge, CancellationToken cancellationToken)
    {
        var place = new DocumentKey(Partition, $"{Answered}{ExpiringRows.Stamp(challenge.Expires)}:{challenge.Nonce}");
        if (!await _store.TryPutAsync(place, "{}"u8.ToArray(), null, cancellationToken)) return false;
        await _store.ForgetAsync(Partition, Answered, _clock.GetUtcNow(), PruneSize, cancellationToken);
        return true;
    }

    private async ValueTask<byte[]> KeyAsync(CancellationToken cancellationToken)
    {
        if (_key is { } known) return known;
        var made = new SignInKey { Key = RandomNumberGenerator.GetBytes(KeyBytes) };
        // Whoever comes first decides for all; an insert that lost reads what won.
        if (await _store.ReadAsync(KeyPlace, CoreJson.Default.SignInKey, cancellationToken) is null)
            await _store.TryPutAsync(KeyPlace, Json.Encode(made, CoreJson.Default.SignInKey), null, cancellationToken);
        Stored<SignInKey> stored = await _store.ReadAsync(KeyPlace, CoreJson.Default.SignInKey, cancellationToken)
            ?? throw new StoreUnavailableException("the key of sign-in challenges was removed while it was read");
        return _key = stored.Value.Key;
    }
}
