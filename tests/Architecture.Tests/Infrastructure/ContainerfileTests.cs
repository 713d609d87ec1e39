using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using SshFunctions.Architecture.Tests.Product;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;
using SshFunctions.Support.Recipes;

namespace SshFunctions.Architecture.Tests.Infrastructure;

/// <summary>The image recipe: no engine is here to build it, so it is read, and what it starts is started by hand with what it sets.</summary>
public sealed class ContainerfileTests : IAsyncLifetime
{
    private const int Patience = 60_000;
    private Containerfile _recipe = new([], []);

    public async Task InitializeAsync() =>
        _recipe = await RecipeParser.ReadContainerfileAsync(Repository.PathOf("infra/container/Containerfile"));

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public void It_is_well_formed() => Assert.Empty(_recipe.Faults);

    [Fact]
    public void It_runs_as_nobody_in_particular_and_keeps_its_data_in_a_volume()
    {
        Assert.Equal("10001:10001", _recipe.Last("USER"));
        Assert.Equal("[\"/var/lib/sshfn\"]", _recipe.Last("VOLUME"));
        Assert.Equal("SIGTERM", _recipe.Last("STOPSIGNAL"));
        Assert.Equal("/var/lib/sshfn", Variables()["SSHFN_BROKER_DATA"]);
    }

    [Fact]
    public void It_brings_what_the_program_loads_by_name()
    {
        Assert.Contains("libsqlite3-0", _recipe.Last("RUN"), StringComparison.Ordinal);
        Assert.Contains("openssl", _recipe.Last("RUN"), StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task What_it_starts_with_what_it_sets_becomes_healthy()
    {
        using var folder = new TemporaryFolder();
        string health = $"127.0.0.1:{LoopbackPort.Free()}";
        string Here(string text) => text.Replace("/var/lib/sshfn", folder["data"], StringComparison.Ordinal)
            .Replace("/etc/sshfn", folder.Path, StringComparison.Ordinal)
            .Replace("127.0.0.1:8023", health, StringComparison.Ordinal)
            .Replace("0.0.0.0:8022", "127.0.0.1:0", StringComparison.Ordinal);
        WriteTlsFiles(folder);
        string[] check = [.. Strings(_recipe.Last("HEALTHCHECK")["CMD ".Length..]).Select(text => text.Replace("127.0.0.1/8023", health.Replace(':', '/'), StringComparison.Ordinal))];

        Assert.Equal(1, (await ProcessRun.ToEndAsync(check[0], check[1..])).ExitCode);
        using var broker = BackgroundProgram.Start(
            ["env", "-i", .. Variables().Select(one => $"{one.Key}={Here(one.Value)}"), ProductProgram.Broker.Path, .. Strings(_recipe.Last("CMD"))]);

        using var deadline = new CancellationTokenSource(Patience);
        ProcessRun asked;
        do
            asked = await ProcessRun.ToEndAsync(check[0], check[1..], cancellationToken: deadline.Token);
        while (asked.ExitCode != 0);
        Assert.True(File.Exists(folder["data/bootstrap-token"]));
    }

    private static string[] Strings(string json) => JsonSerializer.Deserialize<string[]>(json)!;

    private static void WriteTlsFiles(TemporaryFolder folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        folder.Write("tls.crt", certificate.ExportCertificatePem());
        folder.Write("tls.key", key.ExportPkcs8PrivateKeyPem());
    }

    private Dictionary<string, string> Variables() => _recipe.Last("ENV").Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(one => one.Split('=', 2)).ToDictionary(one => one[0], one => one[1]);
}
