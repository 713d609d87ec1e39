using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;

namespace SshFunctions.Interop.Tests.Broker;

/// <summary>One broker for a class of tests that must not change what it keeps.</summary>
public sealed class BadInputBroker : IAsyncLifetime, IDisposable
{
    // A private key that was sent, and a mint that was refused, are recorded on purpose.
    private static readonly string[] Expected = ["private-key.received", "certificate.refused", "passcode.refused"];

    private static readonly string[] Lists =
    [
        Routes.Keys, Routes.Projects, "/api/projects/acme/environments", "/api/projects/acme/environments/production/resources",
        Routes.VisibleResources, Routes.Grants, Routes.Tokens, Routes.Revocations, Routes.Hosts,
        Routes.EnrollmentTokens,
    ];

    private readonly TemporaryFolder _folder = new();
    private TestBroker _broker = null!;
    private string _host = "";
    private string _enrollmentToken = "";

    public BrokerApi Admin => _broker.Admin;

    public BrokerApi Anonymous => _broker.Anonymous;

    /// <summary>The enrolled host, as a caller.</summary>
    public BrokerApi Host { get; private set; } = null!;

    public string Log => _broker.Log;

    public string Data => _broker.Data;

    public async Task InitializeAsync()
    {
        _broker = await TestBroker.StartAsync(
            _folder, ["--requests-per-minute-per-caller", "1000000", "--requests-per-minute-per-address", "1000000"]);
        await Admin.PutResourceAsync("acme/production/web", new ResourceRequest([new HostAddress("web.example.com")], ["deploy"]));
        await Admin.GrantAsync("alice", "alice", "acme/production/web");
        EnrollHostRequest request = new([BadInput.PublicKey], "9.2", EnrollmentToken: await EnrollmentTokenAsync());
        EnrolledHostResponse host = await _broker.Anonymous.PostAsync<EnrollHostRequest, EnrolledHostResponse>(Routes.Hosts, request);
        Host = new BrokerApi(_broker.Url, host.Token);
        _host = host.Host.Id;
        _enrollmentToken = await EnrollmentTokenAsync();
    }

    public async Task DisposeAsync()
    {
        Host?.Dispose();
        await _broker.DisposeAsync();
    }

    /// <summary>A text with what this broker made in the places for it.</summary>
    public string Fill(string text) => text
        .Replace("{host}", _host, StringComparison.Ordinal).Replace("{enrollment-token}", _enrollmentToken, StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    /// <summary>Everything that the broker keeps, as its listings tell it.</summary>
    public async Task<string> StoredAsync()
    {
        var all = new List<string>();
        foreach (string list in Lists)
            all.Add($"{list} {await Admin.Http.GetStringAsync(new Uri(list, UriKind.Relative))}");
        IReadOnlyList<JournalEntryResponse> journal = await Admin.ListAsync<JournalEntryResponse>(Routes.Journal);
        all.AddRange(journal.Where(entry => !Expected.Contains(entry.Event)).Select(entry => $"{entry.Serial} {entry.Event}"));
        return string.Join('\n', all);
    }

    private async Task<string> EnrollmentTokenAsync() => (await Admin.PostAsync<CreateEnrollmentTokenRequest, CreatedEnrollmentTokenResponse>(
        Routes.EnrollmentTokens, new CreateEnrollmentTokenRequest("acme/production/web"))).Token;
}
