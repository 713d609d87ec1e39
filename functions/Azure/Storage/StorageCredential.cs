using System.Security.Cryptography;
using System.Text;
using Azure.Core;

namespace SshFunctions.Azure.Storage;

/// <summary>How requests to a storage account prove who sends them.</summary>
/// <remarks>Not records: a record prints its members, and a key is one.</remarks>
public abstract class StorageCredential
{
    private StorageCredential()
    {
    }

    /// <summary>Reads an account's key, and the account's name from where it is served.</summary>
    /// <param name="serviceUrl">The first label of its host, or the first segment of its path where there is one, as emulators have it.</param>
    /// <param name="key">Base64, white space around it ignored.</param>
    /// <exception cref="FormatException">The key is not base64.</exception>
    public static SharedKey ForAccount(Uri serviceUrl, string key)
    {
        ArgumentNullException.ThrowIfNull(serviceUrl);
        ArgumentNullException.ThrowIfNull(key);
        string path = serviceUrl.AbsolutePath.Trim('/');
        return new SharedKey(path.Length > 0 ? path.Split('/')[0] : serviceUrl.Host.Split('.')[0], Convert.FromBase64String(key.Trim()));
    }

    /// <summary>A key of the account: whoever holds it may do everything to all that is in it.</summary>
    public sealed class SharedKey : StorageCredential
    {
        private readonly byte[] _key;

        /// <summary>Takes a key.</summary>
        /// <param name="account">The account's name.</param>
        /// <param name="key">The key's bytes; kept, not copied.</param>
        public SharedKey(string account, byte[] key)
        {
            Account = account;
            _key = key;
        }

        /// <summary>The account's name.</summary>
        public string Account { get; }

        internal string Sign(string text) => Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>An identity of Entra, with the roles it was given.</summary>
    /// <param name="credential">Fetches its tokens.</param>
    public sealed class Token(TokenCredential credential) : StorageCredential
    {
        internal TokenCredential Credential { get; } = credential;
    }
}
