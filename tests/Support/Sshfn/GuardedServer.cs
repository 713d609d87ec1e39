using System.Globalization;
using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Sshd;

namespace SshFunctions.Support.Sshfn;

/// <summary>A stock sshd that trusts a real broker, and alice, who may enter and has set up her ssh.</summary>
public sealed class GuardedServer : IAsyncDisposable
{
    /// <summary>What alice types for the server; her own ssh configuration knows what it means.</summary>
    public const string Alias = "server";

    private const string Resource = "acme/production/git";

    private readonly TemporaryFolder _folder;

    private GuardedServer(TemporaryFolder folder, TestBroker broker, TestSshd server, SshfnUser alice)
    {
        _folder = folder;
        Broker = broker;
        Server = server;
        Alice = alice;
    }

    public TestBroker Broker { get; }

    public TestSshd Server { get; }

    public SshfnUser Alice { get; }

    /// <summary>The server in a URL, without any alias.</summary>
    public string Address => $"{Server.Login}@127.0.0.1:{Port}";

    public string Port => Server.Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>How many requests the broker has served.</summary>
    public int RequestCount => Broker.Log.Split('\n').Count(line => line.Contains("\"event\":\"Request\"", StringComparison.Ordinal));

    /// <param name="brokerOptions">Further options of <c>sshfn-broker serve</c>.</param>
    public static async Task<GuardedServer> StartAsync(params string[] brokerOptions)
    {
        var folder = new TemporaryFolder();
        TestBroker broker = await TestBroker.StartAsync(folder, brokerOptions);
        HttpClient http = broker.Anonymous.Http;
        string hostCa = Path.Combine(broker.Data, "keys", "host-ca");
        TestSshd server = await TestSshd.StartAsync(new SshdSettings
        {
            TrustedUserCaKeys = await http.GetStringAsync(new Uri(Routes.UserCaKeys, UriKind.Relative)),
            RevokedKeys = await http.GetByteArrayAsync(new Uri(Routes.RevocationList, UriKind.Relative)),
            Principals = new SshdPrincipals.FromCommand($"echo \"$1@{Resource}\""),
            CertifyHostKey = (key, cancellationToken) => SshKeygen.SignHostAsync(hostCa, key, "127.0.0.1", cancellationToken),
        });
        await broker.Admin.PutResourceAsync(Resource, new ResourceRequest([new HostAddress("127.0.0.1", server.Port)], [server.Login]));
        await broker.Admin.GrantAsync("alice-git", "alice", Resource);

        var alice = new SshfnUser($"Host {Alias}\n  HostName 127.0.0.1\n  Port {server.Port}\n  User {server.Login}\n");
        await alice.SignInAsync(broker, await broker.Admin.CreateTokenAsync("alice"));
        await alice.ConfigureSshAsync();
        return new GuardedServer(folder, broker, server, alice);
    }

    /// <summary>What the hook does, as ssh calls it.</summary>
    public Task<ProcessRun> HookAsync() => Alice.RunAsync("cert", "127.0.0.1", Port, Server.Login);

    public async Task<int> MintCountAsync() => (await Broker.Admin.JournalAsync("certificate.issued")).Count;

    /// <summary>Does what a host does every few seconds: fetches the list and obeys it.</summary>
    public async Task RefreshRevocationListAsync() =>
        Server.Revoke(await Broker.Anonymous.Http.GetByteArrayAsync(new Uri(Routes.RevocationList, UriKind.Relative)));

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Broker.DisposeAsync();
        Alice.Dispose();
        _folder.Dispose();
    }
}
