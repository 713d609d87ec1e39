using SshFunctions.App.Hosting.Settings;
using SshFunctions.Core;
using SshFunctions.Support.Files;

namespace SshFunctions.App.Tests.Hosting.Settings;

public sealed class BrokerProfileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = [];

    [Fact]
    public void Listens_on_loopback_when_nothing_is_said() =>
        Assert.Equal("http://127.0.0.1:8022", Assert.Single(Bind("--data", "/d").Value!.Listen).Url);

    [Fact]
    public void Lets_the_command_line_win_over_the_environment_over_the_file()
    {
        string file = _folder.Write("broker.json", """{"data":"/file","maximum-body-bytes":2048}""");
        Assert.Equal(("/file", 2048), Taken("--config", file));
        _environment["SSHFN_BROKER_DATA"] = "/environment";
        Assert.Equal(("/environment", 2048), Taken("--config", file));
        Assert.Equal(("/command", 2048), Taken("--config", file, "--data=/command"));
    }

    [Fact]
    public void Takes_several_addresses_from_one_source_and_never_mixes_two()
    {
        _environment["SSHFN_BROKER_LISTEN"] = "http://127.0.0.1:1, http://[::1]:2";
        Assert.Equal([1, 2], Bind("--data", "/d").Value!.Listen.Select(address => address.Port));
        Assert.Equal([3], Bind("--data", "/d", "--listen", "http://localhost:3").Value!.Listen.Select(address => address.Port));
    }

    [Fact]
    public void Takes_host_patterns_in_one_spelling() => Assert.Equal(
        "*.example.com *.corp.example.org",
        string.Join(' ', Bind("--data", "/d", "--ssh-host-pattern", "*.Example.com", "--ssh-host-pattern", "*.corp.example.org", "--ssh-host-pattern", "*.example.com.").Value!.SshHostPatterns));

    [Fact]
    public void Counts_by_the_limit_that_each_setting_names_and_by_no_other()
    {
        var usual = new RateLimitProfile();
        Assert.Equal(usual, Bind("--data", "/d").Value!.RateLimits);
        Assert.Equal(usual with { RequestsPerMinutePerAddress = 7 }, Bind("--data", "/d", "--requests-per-minute-per-address", "7").Value!.RateLimits);
        Assert.Equal(usual with { RequestsPerMinutePerCaller = 7 }, Bind("--data", "/d", "--requests-per-minute-per-caller", "7").Value!.RateLimits);
        Assert.Equal(usual with { PasscodesPerMinutePerCaller = 7 }, Bind("--data", "/d", "--passcodes-per-minute-per-caller", "7").Value!.RateLimits);
        Assert.Equal(usual with { ListReadsPerMinutePerAddress = 7 }, Bind("--data", "/d", "--list-reads-per-minute-per-address", "7").Value!.RateLimits);
    }

    [Theory]
    [InlineData("--data is missing", "")]
    [InlineData("unknown option --colour", "--data /d --colour red")]
    [InlineData("unexpected argument \"red\"", "--data /d red")]
    [InlineData("--data needs a value", "--data")]
    [InlineData("--data is given 2 times", "--data /a --data /b")]
    [InlineData("--listen \"ftp://x\" is neither http:// nor https://", "--data /d --listen ftp://x")]
    [InlineData("names a host", "--data /d --listen http://broker.example.com:80")]
    [InlineData("is not an address and a port", "--data /d --listen http://127.0.0.1:80/path")]
    [InlineData("--public-url \"broker\" is not", "--data /d --public-url broker")]
    [InlineData("is not a whole number from 1024", "--data /d --maximum-body-bytes 0x400")]
    [InlineData("--tls-key is missing", "--data /d --tls-certificate c")]
    [InlineData("--tls-certificate is missing: --listen", "--data /d --listen https://127.0.0.1:1")]
    [InlineData("no --listen address is https", "--data /d --tls-certificate c --tls-key k")]
    [InlineData("would carry access tokens in the clear", "--data /d --listen http://0.0.0.0:80")]
    [InlineData("would carry access tokens in the clear", "--data /d --listen http://*:80")]
    [InlineData("would carry access tokens in the clear", "--data /d --listen http://[::]:80")]
    [InlineData("--ssh-host-pattern \"*\" is not a wildcard over a domain", "--data /d --ssh-host-pattern *")]
    [InlineData("is not a wildcard over a domain", "--data /d --ssh-host-pattern *.com")]
    [InlineData("is not a wildcard over a domain", "--data /d --ssh-host-pattern *.*.example.com")]
    [InlineData("is not a wildcard over a domain", "--data /d --ssh-host-pattern web.example.com")]
    [InlineData("is not a wildcard over a domain", "--data /d --ssh-host-pattern *.10.0.0.1")]
    [InlineData("can't be read", "--data /d --config /nowhere/at/all.json")]
    [InlineData("--store \"redis\" is neither sqlite nor tables", "--store redis")]
    [InlineData("--tables-url is given, but the store is a file", "--data /d --tables-url https://a.table.core.windows.net")]
    [InlineData("--storage-key-file is given, but the store is a file", "--data /d --storage-key-file /k")]
    [InlineData("--data is given, but the store is --store tables", "--data /d --store tables")]
    [InlineData("--user-ca is missing: brokers that share a store share its keys", "--store tables --tables-url https://a")]
    [InlineData("--journal-key is missing", "--store tables --tables-url https://a --user-ca /u --host-ca /h")]
    [InlineData("--tables-url is missing", "--store tables --user-ca /u --host-ca /h --journal-key /j")]
    [InlineData("--azure-identity is missing: it says as whom the broker uses the storage", "--store tables --tables-url https://a --user-ca /u --host-ca /h --journal-key /j")]
    [InlineData("is http, which a token", "--store tables --tables-url http://a --azure-identity managed --user-ca /u --host-ca /h --journal-key /j")]
    [InlineData("--azure-identity is missing: it says as whom the broker uses Key Vault", "--data /d --user-ca https://v.vault.azure.net/keys/user-ca")]
    [InlineData("names neither keys nor secrets", "--data /d --user-ca https://v.vault.azure.net/certificates/user-ca")]
    [InlineData("is no https address", "--data /d --user-ca http://v.vault.azure.net/keys/user-ca")]
    [InlineData("--azure-identity \"me\" is none of", "--data /d --azure-identity me")]
    [InlineData("is http over a network", "--store tables --tables-url http://192.0.2.1/a --storage-key-file /k --user-ca /u --host-ca /h --journal-key /j")]
    [InlineData("--tables-url is not an http or https address", "--store tables --tables-url https://a/?sig=secret")]
    [InlineData("--trusted-proxy \"10.0.0.1/8\" is no CIDR block", "--data /d --trusted-proxy 10.0.0.1/8")]
    [InlineData("is no name of a header", "--data /d --client-address-header X:Y")]
    [InlineData("--new-admin-token leaves a token in --data", "--store tables --new-admin-token")]
    public void Refuses_and_says_what_to_do(string detail, string arguments)
    {
        Refusal refusal = Bind(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Refusal!;

        Assert.Contains(detail, refusal.Detail, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(refusal.Fix));
    }

    [Theory]
    [InlineData("is not JSON, line 2", "{\n,}")]
    [InlineData("holds no object", "[]")]
    [InlineData("no setting, \"dta\"", """{"dta":"/d"}""")]
    [InlineData("no setting, \"config\"", """{"config":"/d"}""")]
    [InlineData("wrong kind of value for \"data\"", """{"data":null}""")]
    [InlineData("is not JSON", """{"data":"/a","data":"/b"}""")]
    public void Refuses_a_broken_file(string detail, string text) =>
        Assert.Contains(detail, Bind("--config", _folder.Write("broker.json", text)).Refusal!.Detail, StringComparison.Ordinal);

    [Fact]
    public void Takes_plain_HTTP_on_the_network_when_the_risk_is_named() =>
        Assert.Single(Bind("--data", "/d", "--listen", "http://*:80", "--allow-plain-http-on-the-network").Value!.PlainHttpOnTheNetwork);

    [Fact]
    public void Repeats_no_value_that_may_be_a_secret_in_the_wrong_place()
    {
        Refusal refusal = Bind("--data", "/d", "--admin-token-hash", "abcdefghijklmnop.the-secret-itself").Refusal!;
        Assert.DoesNotContain("secret", refusal.Detail + refusal.Fix, StringComparison.Ordinal);
        Assert.Contains("--admin-token-hash is not the hash", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Under_the_Functions_host_listens_where_that_says_and_takes_its_name_and_the_store_for_granted()
    {
        _environment["SSHFN_BROKER_TABLES_URL"] = "https://a.table.core.windows.net";
        _environment["SSHFN_BROKER_QUEUES_URL"] = "https://a.queue.core.windows.net";
        _environment["SSHFN_BROKER_AZURE_IDENTITY"] = "managed";
        foreach (string key in (string[])["USER_CA", "HOST_CA", "JOURNAL_KEY"])
            _environment[$"SSHFN_BROKER_{key}"] = "https://v.vault.azure.net/keys/" + key.ToLowerInvariant().Replace('_', '-');
        BrokerProfile profile = BindInFunctions().Value!;
        Assert.Equal("http://127.0.0.1:4711", Assert.Single(profile.Listen).Url);
        Assert.Equal("https://app.azurewebsites.net/", profile.PublicUrl!.AbsoluteUri);
        Assert.NotNull(profile.Storage);

        _environment["SSHFN_BROKER_LISTEN"] = "http://*:80";
        Assert.Contains("says where to listen", BindInFunctions().Refusal!.Detail, StringComparison.Ordinal);
        _environment.Remove("SSHFN_BROKER_LISTEN");
        _environment.Remove("SSHFN_BROKER_QUEUES_URL");
        Assert.Contains("--queues-url is missing", BindInFunctions().Refusal!.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("80 ")]
    [InlineData("-1")]
    public void Refuses_a_port_that_no_Functions_host_gives(string port) =>
        Assert.Contains("is no port", FunctionsHost.From(name => name == "FUNCTIONS_CUSTOMHANDLER_PORT" ? port : null).Refusal!.Detail, StringComparison.Ordinal);

    private Result<BrokerProfile> BindInFunctions() => BrokerProfile.From(
        SettingValues.Merge(CommandLine.Parse([]).Value!, name => _environment.GetValueOrDefault(name)).Value!, new FunctionsHost(4711, "app.azurewebsites.net"));

    [Fact]
    public void Names_the_variable_that_holds_a_wrong_value()
    {
        _environment["SSHFN_BROKER_LISTEN"] = "ftp://x";

        Assert.StartsWith("SSHFN_BROKER_LISTEN \"ftp://x\"", Bind("--data", "/d").Refusal!.Detail, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private (string? Data, int Body) Taken(params string[] arguments) =>
        Bind(arguments).Value is { } profile ? (profile.DataDirectory, profile.MaximumBodyBytes) : ("", 0);

    private Result<BrokerProfile> Bind(params string[] arguments)
    {
        if (!CommandLine.Parse(arguments).Try(out SettingSource? line, out Refusal? refusal)
            || !SettingValues.Merge(line, name => _environment.GetValueOrDefault(name)).Try(out SettingValues? values, out refusal))
            return refusal;
        return BrokerProfile.From(values);
    }
}
