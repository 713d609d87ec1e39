using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Benchmarks.Policy;
using SshFunctions.Benchmarks.Start;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Benchmarks.Growth;

/// <summary>The requests of a clone, of a host and of an auditor to a broker that holds much.</summary>
internal sealed class GrowthRequests
{
    private const int EntryCount = 50;
    private readonly GrownBroker _broker;
    private readonly int _keyCount;
    private readonly byte[] _mint;
    private readonly string _hostToken;
    private readonly Random _random = new(1);

    private GrowthRequests(GrownBroker broker, int keyCount, byte[] mint, string hostToken)
    {
        _broker = broker;
        _keyCount = keyCount;
        _mint = mint;
        _hostToken = hostToken;
    }

    /// <summary>Signs a person in who may enter the first resource, and enrolls a host there.</summary>
    public static async Task<GrowthRequests> PrepareAsync(GrownBroker broker, int entries)
    {
        string resource = PolicyTree.PathOf(0).Text;
        string person = await broker.Admin.CreateTokenAsync(GrownStore.PersonOf(0).Text);
        CreatedEnrollmentTokenResponse enrollment = await broker.Admin.PostAsync<CreateEnrollmentTokenRequest, CreatedEnrollmentTokenResponse>(
            Routes.EnrollmentTokens, new CreateEnrollmentTokenRequest(resource));
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        EnrolledHostResponse host = await broker.Admin.PostAsync<EnrollHostRequest, EnrolledHostResponse>(
            Routes.Hosts, new EnrollHostRequest([key.PublicKey.ToText()], "9.2", EnrollmentToken: enrollment.Token));
        return new GrowthRequests(broker, GrownStore.KeysOf(entries), FirstAnswer.RequestFor(key.PublicKey, resource, "deploy", person), host.Token);
    }

    /// <summary>Mints come last: they change what the searches before them find.</summary>
    public async IAsyncEnumerable<(string Name, Timing Timing)> MeasureAsync()
    {
        byte[] newest = Search("");
        byte[] ofResource = Search($"&resource={PolicyTree.PathOf(0)}");
        byte[] ofSubject = Search($"&subject={GrownStore.RareSubject}");
        // Somebody else's key: found, and refused. Among few keys most were asked for before, among a million none.
        yield return ("any key, by a host", await AskAsync(() => Post(Routes.AuthorizeKey, _hostToken, LookupOf(_random.Next(GrownStore.KeysPerPerson, _keyCount))), 403, 200));
        yield return ("newest 50", await AskAsync(() => newest, 200, 100));
        yield return ("50 of a resource, 1 in 20", await AskAsync(() => ofResource, 200, 50));
        yield return ("the oldest entry, a page", await AskAsync(() => ofSubject, 200, 10));
        yield return ("mint", await AskAsync(() => _mint, 200, 100));
    }

    /// <summary>Every page of the search for the oldest entry.</summary>
    /// <returns>Seconds.</returns>
    public async Task<double> SearchAsync()
    {
        long begin = Stopwatch.GetTimestamp();
        IReadOnlyList<JournalEntryResponse> found = await _broker.Admin.ListAsync<JournalEntryResponse>($"{Routes.Journal}?subject={GrownStore.RareSubject}");
        return found.Count == 1
            ? Stopwatch.GetElapsedTime(begin).TotalSeconds
            : throw new InvalidOperationException($"found {found.Count} entries where there is one");
    }

    private Task<Timing> AskAsync(Func<ReadOnlyMemory<byte>> next, int expected, int perRound) =>
        Timing.MeasureAsync(_broker.Connection, next, expected, perRound);

    private byte[] Search(string filter) => Encoding.ASCII.GetBytes(
        $"GET {Routes.Journal}?limit={EntryCount}{filter} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {_broker.Admin.Token}\r\n\r\n");

    private static string LookupOf(int key) =>
        JsonSerializer.Serialize(new AuthorizeKeyRequest("deploy", GrownStore.KeyOf(key).ToText()), ApiJson.Default.AuthorizeKeyRequest);

    private static byte[] Post(string route, string token, string body) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"POST {route} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
}
