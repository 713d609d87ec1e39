using System.Text;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Config;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Alias;

/// <summary>The catalog on disk: young enough it costs no request, and an old one serves while the broker is away.</summary>
internal sealed class CatalogStore(Folders folders)
{
    // Names and addresses only: whether somebody may enter is asked at every mint.
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    // ssh waits for it: all requests together get no longer than a few of them alone.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private bool _isJustRead;

    /// <summary>Whether a file made from a catalog may be used without a look at the catalog.</summary>
    /// <remarks>Who has signed in since may be somebody else.</remarks>
    internal bool IsFresh(string path) =>
        Files.IsYoung(path, Life) && (!Files.Exists(folders.Credentials) || Files.Written(folders.Credentials) <= Files.Written(path));

    /// <summary>Looks something up; what a catalog from the disk does not hold is asked of the broker once more, so that a new resource works at once.</summary>
    internal T Look<T>(Func<Catalog, T?> look, Func<Catalog, Exception> missing)
        where T : class
    {
        Catalog catalog = Get();
        if (look(catalog) is { } found)
            return found;
        if (!_isJustRead)
        {
            catalog = Refresh();
            if (look(catalog) is { } second)
                return second;
        }

        throw missing(catalog);
    }

    /// <summary>The catalog on disk when it is fresh, else the broker's, else the old one.</summary>
    internal Catalog Get()
    {
        Credentials credentials = new CredentialStore(folders).Require();
        Catalog? stored = Read();
        if (stored?.Broker != credentials.Broker.AbsoluteUri || new HostKeys(folders).Read(credentials.Broker) is null)
            stored = null;
        if (stored is not null && IsFresh(folders.Catalog))
            return stored;
        try
        {
            return Refresh();
        }
        catch (CommandFailedException failure) when (stored is not null && failure.ExitCode is ExitCode.Unavailable or ExitCode.TooMany)
        {
            // The old one counts as fresh for another minute: a broker that is away must not cost its timeout at every login.
            Terminal.Note($"{failure.Message}; names are as they were when it last answered");
            Write(stored);
            _isJustRead = true;
            return stored;
        }
    }

    /// <summary>The catalog on disk, however old; null when there is none that can be read.</summary>
    internal Catalog? Read()
    {
        Ownership.RequireFolder(folders.State);
        try
        {
            return Files.Read(folders.Catalog) is { } text ? JsonSerializer.Deserialize(text, CatalogJson.Default.Catalog) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal Catalog Refresh()
    {
        using CancellationTokenSource deadline = new(Longest);
        try
        {
            return RefreshAsync(deadline.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            throw BrokerProblem.Unreachable(new CredentialStore(folders).Require().Broker, null);
        }
    }

    internal async Task<Catalog> RefreshAsync(CancellationToken cancellationToken)
    {
        Credentials credentials = new CredentialStore(folders).Require();
        using BrokerClient client = new(credentials.Broker, credentials.Token);
        HostKeys hostKeys = new(folders);
        BrokerAnswer caller = await client.GetAsync(Routes.Me, cancellationToken);
        BrokerAnswer keys = await client.GetAsync(Routes.KnownHosts, cancellationToken);
        Catalog catalog = new()
        {
            Broker = credentials.Broker.AbsoluteUri,
            UserName = caller.Read(Contract.Json.CallerResponse).UserName,
            Resources = await VisibleResources.ReadAsync(client, cancellationToken),
        };
        KeepHostKeys(hostKeys, credentials.Broker, Encoding.UTF8.GetString(keys.Content.Span));
        Write(catalog);
        _isJustRead = true;
        new AliasFolder(folders).Clean(catalog);
        return catalog;
    }

    /// <summary>Files that can't be written stop no login where the keys of before are at hand.</summary>
    private static void KeepHostKeys(HostKeys hostKeys, Uri broker, string lines)
    {
        try
        {
            hostKeys.Keep(broker, lines);
        }
        catch (Exception error) when (error is CommandFailedException or IOException or UnauthorizedAccessException && hostKeys.Read(broker) is not null)
        {
            Terminal.Note($"not every file has the newest keys of hosts: {error.Message}");
        }
    }

    private void Write(Catalog catalog)
    {
        Ownership.EnsureFolder(folders.State);
        Files.Write(folders.Catalog, JsonSerializer.SerializeToUtf8Bytes(catalog, CatalogJson.Default.Catalog), Files.Private);
    }
}
