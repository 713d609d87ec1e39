using System.Collections.Concurrent;
using SshFunctions.Core;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Rotation;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Local.Keys;

/// <summary>Signing keys in files of this machine; owns those that it has read.</summary>
/// <remarks>
/// A key of the broker's own folder has its name as its place, so that the folder can be restored somewhere else; every other has its
/// absolute path.
/// </remarks>
public sealed class FileSigningKeys : ISigningKeyStore, IDisposable
{
    private readonly ConcurrentDictionary<string, SshPrivateKey> _held = new();
    private readonly string? _folder;
    private readonly bool _isShared;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="folder">The broker's own folder of keys, absolute; null for none.</param>
    /// <param name="isShared">Whether other instances of the broker work on the same keys: a file that is made here is not there.</param>
    public FileSigningKeys(string? folder, bool isShared)
    {
        _folder = folder;
        _isShared = isShared;
    }

    /// <summary>The file of a place.</summary>
    /// <param name="place">A name in the broker's folder, or an absolute path.</param>
    /// <returns>Absolute.</returns>
    public string PathOf(string place) => Path.IsPathRooted(place) || _folder is null ? place : Path.Combine(_folder, place);

    /// <summary>Reads a key and holds it.</summary>
    /// <param name="path">The file, absolute.</param>
    /// <returns>The key; invalid when the file can't be used.</returns>
    /// <exception cref="IOException">The file can't be read.</exception>
    public Result<MadeSigningKey> Read(string path)
    {
        string place = PlaceOf(path);
        return Hold(place).Try(out SshPrivateKey? key, out Refusal? refusal) ? new MadeSigningKey(key.PublicKey, place) : refusal;
    }

    /// <inheritdoc/>
    public ValueTask<Result<MadeSigningKey>> MakeAsync(KeyPurpose purpose, string id, string beside, CancellationToken cancellationToken)
    {
        if (_isShared)
        {
            return ValueTask.FromResult<Result<MadeSigningKey>>(new Refusal.Conflict(
                $"the {purpose.Text()} key is a file, and a new file would be on this machine only, while several brokers work on one store",
                "keep the signing keys in Key Vault"));
        }

        string path = Path.Combine(Path.GetDirectoryName(PathOf(beside))!, $"{purpose.Text()}-{id}");
        try
        {
            using SshPrivateKey key = Hold(beside).Value is { } before ? SshPrivateKey.GenerateLike(before.PublicKey) : SshPrivateKey.GenerateEcdsa(256);
            KeyFile.Make(path, key, $"sshfn {purpose.Text()}");
            return ValueTask.FromResult<Result<MadeSigningKey>>(new MadeSigningKey(key.PublicKey, PlaceOf(path)));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SignerUnavailableException($"no key can be made beside {PathOf(beside)}: {fault.Message}", fault);
        }
    }

    /// <inheritdoc/>
    public ValueTask<ICertificateSigner> OpenCertificateSignerAsync(string place, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ICertificateSigner>(new PrivateKeyCertificateSigner(Open(place)));

    /// <inheritdoc/>
    public ValueTask<IStatementSigner> OpenStatementSignerAsync(string place, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IStatementSigner>(new PrivateKeyStatementSigner(Open(place)));

    /// <inheritdoc/>
    public ValueTask DestroyAsync(string place, CancellationToken cancellationToken)
    {
        try
        {
            // What is held is wiped at the end: a request may be signing with it.
            KeyFile.Destroy(PathOf(place));
            return ValueTask.CompletedTask;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SignerUnavailableException($"{PathOf(place)} can't be removed: {fault.Message}", fault);
        }
    }

    /// <summary>Wipes what is held.</summary>
    public void Dispose()
    {
        foreach (SshPrivateKey key in _held.Values) key.Dispose();
    }

    private string PlaceOf(string path) => _folder is not null && Path.GetDirectoryName(path) == _folder ? Path.GetFileName(path) : path;

    private SshPrivateKey Open(string place)
    {
        try
        {
            return Hold(place).Try(out SshPrivateKey? key, out Refusal? refusal)
                ? key
                : throw new SignerUnavailableException($"{refusal.Detail}; {refusal.Fix}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SignerUnavailableException($"{PathOf(place)} can't be read: {fault.Message}", fault);
        }
    }

    private Result<SshPrivateKey> Hold(string place)
    {
        if (_held.TryGetValue(place, out SshPrivateKey? held)) return held;
        if (!KeyFile.Read(PathOf(place)).Try(out SshPrivateKey? read, out Refusal? refusal)) return refusal;
        SshPrivateKey kept = _held.GetOrAdd(place, read);
        if (!ReferenceEquals(kept, read)) read.Dispose();
        return kept;
    }
}
