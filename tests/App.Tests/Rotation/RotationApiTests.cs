using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Signatures;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;

namespace SshFunctions.App.Tests.Rotation;

/// <summary>What the API says of keys and their rotation, on a broker without hosts.</summary>
public sealed class RotationApiTests : IDisposable
{
    private const int Patience = 120_000;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Patience)]
    public async Task Is_an_admins_alone()
    {
        await using RotatingBroker broker = await RotatingBroker.StartAsync(_folder);
        using BrokerApi alice = await broker.AsPersonAsync("alice@example.com");
        var rotations = new Uri(Routes.KeyRotations, UriKind.Relative);
        using HttpResponseMessage read = await alice.Http.GetAsync(rotations);
        using HttpResponseMessage begin = await alice.Http.PostAsync(rotations, new StringContent("""{"purpose":"user-ca"}""", Encoding.UTF8, "application/json"));
        using HttpResponseMessage abort = await alice.Http.DeleteAsync(new Uri(Routes.KeyRotations + "/user-ca?reason=no", UriKind.Relative));

        Assert.All([read, begin, abort], answer => Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode));
        Assert.Single((await broker.StatusAsync("user-ca")).Keys);
    }

    [Theory(Timeout = Patience)]
    [InlineData("POST", "", """{"purpose":"web"}""", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", "/web?reason=no", "", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/user-ca?reason=no", "", HttpStatusCode.Conflict)]
    [InlineData("DELETE", "/user-ca", "", HttpStatusCode.BadRequest)]
    public async Task Refuses_what_makes_no_sense(string method, string path, string body, HttpStatusCode status)
    {
        await using RotatingBroker broker = await RotatingBroker.StartAsync(_folder);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Routes.KeyRotations + path, UriKind.Relative));
        if (body.Length > 0) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await broker.Admin.Http.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact(Timeout = Patience)]
    public async Task The_signed_bundle_says_what_the_other_says_and_leads_from_the_old_journal_key_to_the_new_one()
    {
        await using RotatingBroker broker = await RotatingBroker.StartAsync(_folder);
        string first = Assert.Single((await broker.Admin.GetAsync<TrustBundleResponse>(Routes.TrustBundle)).JournalKeys).PublicKey;
        await broker.RotateAsync("journal");
        SignedTrustBundleResponse signed = await broker.Admin.GetAsync<SignedTrustBundleResponse>(Routes.SignedTrustBundle);

        Assert.Equal(await broker.TextAsync(Routes.TrustBundle), signed.Bundle);
        Assert.Equal(first, SignerOf(Assert.Single(signed.Handovers)));
        TrustBundleResponse bundle = JsonSerializer.Deserialize(signed.Bundle, ApiJson.Default.TrustBundleResponse)!;
        Assert.Equal(["retiring", "active"], bundle.JournalKeys.Select(key => key.State));
        Assert.Equal(bundle.JournalKeys[1].PublicKey, SignerOf(new SignedHandover(signed.Bundle, signed.Signature)));
    }

    [Theory(Timeout = Patience)]
    [InlineData(Routes.TrustBundle)]
    [InlineData(Routes.SignedTrustBundle)]
    public async Task Who_has_the_bundle_is_told_that_it_is_unchanged_until_a_rotation_changes_it(string route)
    {
        await using RotatingBroker broker = await RotatingBroker.StartAsync(_folder);
        using HttpResponseMessage first = await broker.Admin.Http.GetAsync(new Uri(route, UriKind.Relative));
        HttpStatusCode unchanged = await StatusAsync(broker, route, first.Headers.ETag!);

        await broker.RotateAsync("user-ca");

        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (unchanged, await StatusAsync(broker, route, first.Headers.ETag!)));
    }

    private static async Task<HttpStatusCode> StatusAsync(RotatingBroker broker, string route, EntityTagHeaderValue known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, route);
        request.Headers.IfNoneMatch.Add(known);
        using HttpResponseMessage answer = await broker.Admin.Http.SendAsync(request);
        return answer.StatusCode;
    }

    [Fact(Timeout = Patience)]
    public async Task A_broker_that_starts_again_goes_on_with_the_key_of_the_rotation()
    {
        string rotated;
        await using (RotatingBroker broker = await RotatingBroker.StartAsync(_folder))
        {
            await broker.RotateAsync("user-ca");
            rotated = (await broker.StatusAsync("user-ca")).Keys.Single(key => key.State == "active").Fingerprint;
            broker.Clock.Advance(TimeSpan.FromHours(26));
            await broker.RunTimerAsync();
        }

        // What the first start made is needed no more.
        File.Delete(_folder["data/keys/user-ca"]);
        await using (RotatingBroker broker = await RotatingBroker.StartAsync(_folder))
        {
            KeyRotationResponse status = await broker.StatusAsync("user-ca");
            Assert.Equal((rotated, "idle"), (status.Keys.Single(key => key.State == "active").Fingerprint, status.State));
            Assert.Single((await broker.Admin.GetAsync<TrustBundleResponse>(Routes.TrustBundle)).UserCaKeys);
        }
    }

    [Fact(Timeout = Patience)]
    public async Task A_host_that_reports_a_version_which_is_still_to_come_holds_nothing_and_its_alarm_counts()
    {
        await using RotatingBroker broker = await RotatingBroker.StartAsync(_folder);
        await broker.Admin.PutResourceAsync("acme/production/web", new ResourceRequest([new HostAddress("127.0.0.1", 22)], ["deploy"]));
        string token = (await broker.Admin.PostAsync<CreateEnrollmentTokenRequest, CreatedEnrollmentTokenResponse>(
            Routes.EnrollmentTokens, new CreateEnrollmentTokenRequest("acme/production/web"))).Token;
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        EnrolledHostResponse enrolled = await broker.Admin.PostAsync<EnrollHostRequest, EnrolledHostResponse>(
            Routes.Hosts, new EnrollHostRequest([key.PublicKey.ToText()], "9.2", EnrollmentToken: token));
        using BrokerApi host = broker.As(enrolled.Token);
        var alarm = new HostAlarm("one", "trust-bundle", "it is not signed", DateTimeOffset.UtcNow);
        HostResponse reported = await host.PostAsync<ReportHostRequest, HostResponse>(
            Routes.HostReport.Replace("{id}", enrolled.Host.Id, StringComparison.Ordinal), new ReportHostRequest(1000, 0, "9.2", "1.0", [alarm]));

        Assert.Equal(0, reported.Report!.TrustVersion);
        KeyRotationResponse waits = await broker.RotateAsync("user-ca");
        Assert.Equal(("published", 0, 1), (waits.State, waits.HoldingHosts, waits.ReportingHosts));
    }

    [Fact(Timeout = Patience)]
    public async Task Says_one_time_until_which_an_old_key_is_trusted()
    {
        await using RotatingBroker broker = await RotatingBroker.StartAsync(_folder);
        KeyRotationResponse status = await broker.RotateAsync("user-ca");

        Assert.Equal("retiring", status.State);
        Assert.Equal(status.Until, status.Keys.Single(key => key.State == "retiring").TrustedUntil);
    }

    [Fact(Timeout = Patience)]
    public async Task A_broker_to_which_no_host_reports_does_not_switch_at_once()
    {
        await using RotatingBroker broker = await RotatingBroker.StartAsync(_folder, TimeSpan.FromHours(24));

        KeyRotationResponse status = await broker.RotateAsync("user-ca");

        Assert.Equal("published", status.State);
        Assert.StartsWith("no host reports", status.Waits, StringComparison.Ordinal);
        broker.Clock.Advance(TimeSpan.FromHours(25));
        await broker.RunTimerAsync();
        Assert.Equal("retiring", (await broker.StatusAsync("user-ca")).State);
    }

    private static string SignerOf(SignedHandover signed) =>
        SshSig.Verify(signed.Signature, "sshfn-trust", Encoding.UTF8.GetBytes(signed.Bundle), out SshPublicKey? signer, out string? reason)
            ? signer.ToText()
            : throw new InvalidOperationException(reason);
}
