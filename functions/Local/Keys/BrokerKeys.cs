using SshFunctions.Core;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Local.Keys;

/// <summary>The three keys of a broker on one machine, made at the first start; owns them.</summary>
public sealed class BrokerKeys : IDisposable
{
    private static readonly string[] Names = ["user-ca", "host-ca", "journal"];

    private BrokerKeys(SshPrivateKey userCa, SshPrivateKey hostCa, SshPrivateKey journal)
    {
        UserCa = userCa;
        HostCa = hostCa;
        Journal = journal;
    }

    /// <summary>Signs user certificates: <c>keys/user-ca</c>.</summary>
    public SshPrivateKey UserCa { get; }

    /// <summary>Signs host certificates: <c>keys/host-ca</c>.</summary>
    public SshPrivateKey HostCa { get; }

    /// <summary>Signs the KRL and the journal's checkpoints: <c>keys/journal</c>.</summary>
    public SshPrivateKey Journal { get; }

    /// <summary>The first key file that is not there.</summary>
    /// <param name="data">The directory.</param>
    /// <returns>Its path; null when all are there.</returns>
    public static string? FindMissing(DataDirectory data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Names.Select(name => Path.Combine(data.KeysPath, name)).FirstOrDefault(path => !File.Exists(path));
    }

    /// <summary>Reads the keys of a data directory, and makes those that are not there.</summary>
    /// <param name="data">The directory, held by this process.</param>
    /// <returns>The keys; invalid when one can't be used, or two are the same.</returns>
    /// <exception cref="IOException">A file can't be read or made.</exception>
    public static Result<BrokerKeys> Open(DataDirectory data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var keys = new List<SshPrivateKey>();
        foreach (string name in Names)
        {
            string path = Path.Combine(data.KeysPath, name);
            Result<SshPrivateKey> result = KeyFile.ReadOrMake(path, $"sshfn {name}");
            Refusal? refusal = result.Refusal;
            if (result.Succeeded && keys.Any(other => other.PublicKey.Equals(result.Value.PublicKey)))
            {
                // One key for two purposes would let a signature made for one count for the other.
                refusal = new Refusal.Invalid("data", $"key file {path} holds the same key as another of the broker's keys", "remove one of them");
            }

            if (refusal is not null)
            {
                result.Value?.Dispose();
                keys.ForEach(key => key.Dispose());
                return refusal;
            }

            keys.Add(result.Value!);
        }

        return new BrokerKeys(keys[0], keys[1], keys[2]);
    }

    /// <summary>Wipes the keys.</summary>
    public void Dispose()
    {
        UserCa.Dispose();
        HostCa.Dispose();
        Journal.Dispose();
    }
}
