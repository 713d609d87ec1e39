using SshFunctions.Api;
using SshFunctions.Core.Callers;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Azurite;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Functions;
using SshFunctions.Support.KeyVault;

namespace SshFunctions.Interop.Tests.Functions;

/// <summary>The packaged broker under the Functions host, its CA keys in files, its journal key in a Key Vault that can fail.</summary>
public sealed class FunctionApp : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeIdentityEndpoint _identity = new();
    private FunctionsHost? _host;
    private FakeKeyVault? _vault;
    private BrokerApi? _admin;

    /// <summary>Application settings on top of the usual ones.</summary>
    public Dictionary<string, string> Settings { get; } = new()
    {
        // Failed messages come again at once; the schema's 30 seconds are for real outages.
        ["AzureFunctionsJobHost__extensions__queues__visibilityTimeout"] = "00:00:00",
    };

    public FunctionsHost Host => _host!;

    public FakeKeyVault Vault => _vault!;

    /// <summary>The first admin, through the app's public address.</summary>
    public BrokerApi Admin => _admin!;

    public async Task InitializeAsync()
    {
        _vault = await FakeKeyVault.StartAsync();
        using SshPrivateKey journal = SshPrivateKey.GenerateEcdsa(256);
        _vault.AddKey("journal", journal);
        SealedAccessToken made = SealedAccessToken.Generate(out Secret secret);
        using Secret held = secret;
        AzuriteAccount account = (await AzuriteProcess.SharedAsync()).TakeAccount();
        Settings["SSHFN_BROKER_TABLES_URL"] = account.TablesUrl.AbsoluteUri;
        Settings["SSHFN_BROKER_QUEUES_URL"] = account.QueuesUrl.AbsoluteUri;
        Settings["SSHFN_BROKER_STORAGE_KEY_FILE"] = _folder.Write("storage-key", account.Key);
        Settings["SSHFN_BROKER_USER_CA"] = WriteKey("user-ca");
        Settings["SSHFN_BROKER_HOST_CA"] = WriteKey("host-ca");
        Settings["SSHFN_BROKER_JOURNAL_KEY"] = $"{FakeKeyVault.Url}/keys/journal";
        Settings["SSHFN_BROKER_AZURE_IDENTITY"] = "managed";
        Settings["SSHFN_BROKER_ADMIN_TOKEN_HASH"] = made.ToString();
        foreach ((string name, string value) in _vault.Environment.Concat(_identity.Environment)) Settings[name] = value;
        _host = await FunctionsHost.StartAsync(new FunctionsHostOptions(await PackagedApp.FolderAsync(), account) { Settings = Settings });
        _admin = As($"{made.Id}.{held.Reveal()}");
        // It opens store and keys when somebody needs them; from here on a test may take either away.
        await _admin.GetAsync<CallerResponse>(Routes.Me);
    }

    /// <summary>The app's public address, as somebody.</summary>
    /// <param name="token"><c>id.secret</c>; null for nobody.</param>
    public BrokerApi As(string? token) => new(Host.Url, token);

    /// <summary>Invocations in the broker's own log.</summary>
    public int LoggedInvocationCount => Host.Log.Output.Count(line => line.Contains("\"event\":\"Invocation\"", StringComparison.Ordinal));

    public async Task DisposeAsync()
    {
        _admin?.Dispose();
        if (_host is not null) await _host.DisposeAsync();
        if (_vault is not null) await _vault.DisposeAsync();
    }

    public void Dispose()
    {
        _identity.Dispose();
        _folder.Dispose();
    }

    private string WriteKey(string name)
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        return _folder.Write(name, OpenSshPrivateKey.Write(key, name));
    }
}
