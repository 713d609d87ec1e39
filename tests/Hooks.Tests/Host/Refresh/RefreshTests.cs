using SshFunctions.Api;
using SshFunctions.Hooks.Host;
using SshFunctions.Hooks.Host.Refresh;
using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Host.Refresh;

public sealed class RefreshTests : IDisposable
{
    private readonly FakeHostBroker _broker = new();
    private readonly EnrolledHost _host;

    public RefreshTests() => _host = new EnrolledHost(_broker, settings => settings with { RegisteredKeys = true, OfflineKeysForSeconds = 3600 });

    public void Dispose()
    {
        _host.Dispose();
        _broker.Dispose();
    }

    [Fact(Timeout = 60_000)]
    public async Task Takes_a_newer_trust_bundle_and_writes_the_file_that_sshd_reads()
    {
        using SshPrivateKey next = SshPrivateKey.GenerateEcdsa(256);
        _broker.Trust = _broker.Bundle(2) with { UserCaKeys = [FakeHostBroker.Key(_broker.UserCa), FakeHostBroker.Key(next)] };

        await _host.RefreshAsync();

        Assert.Contains(next.PublicKey.ToText(), File.ReadAllText(_host.Folders.UserCaKeys), StringComparison.Ordinal);
        Assert.Equal(2, PinnedTrust.Read(_host.Folders).Bundle.Version);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(0, false, "goes back")]
    [InlineData(1, false, "with other keys")]
    [InlineData(2, true, "no journal key that is held here")]
    public async Task Refuses_a_bundle_that_goes_back_or_replaces_the_journal_key(long version, bool replacesJournal, string reason)
    {
        using SshPrivateKey other = SshPrivateKey.GenerateEcdsa(256);
        TrustBundleResponse bundle = _broker.Bundle(version);
        _broker.TrustSigner = replacesJournal ? other : null;
        _broker.Trust = replacesJournal
            ? bundle with { JournalKeys = [FakeHostBroker.Key(other)] }
            : bundle with { UserCaKeys = [FakeHostBroker.Key(other)] };

        StepResult result = (await _host.RefreshAsync()).Single(step => step.Step == "trust bundle");

        Assert.Contains(reason, result.Problem, StringComparison.Ordinal);
        Assert.Equal(_broker.UserCa.PublicKey.ToText() + " sshfn-user-ca\n", File.ReadAllText(_host.Folders.UserCaKeys));
        Assert.Contains(_broker.Alarms, alarm => alarm.Kind == "trust-bundle");
    }

    [Fact(Timeout = 60_000)]
    public async Task Follows_journal_keys_from_one_to_the_next_and_takes_the_list_that_the_last_one_signed()
    {
        using SshPrivateKey second = SshPrivateKey.GenerateEcdsa(256);
        using SshPrivateKey third = SshPrivateKey.GenerateEcdsa(256);
        SignedHandover first = FakeHostBroker.SignTrust(_broker.Bundle(2) with { JournalKeys = [FakeHostBroker.Key(_broker.Journal), FakeHostBroker.Key(second)] }, _broker.Journal);
        SignedHandover next = FakeHostBroker.SignTrust(_broker.Bundle(4) with { JournalKeys = [FakeHostBroker.Key(second), FakeHostBroker.Key(third)] }, second);
        _broker.Trust = _broker.Bundle(6) with { JournalKeys = [FakeHostBroker.Key(third)] };
        _broker.TrustSigner = third;
        _broker.Publish(5);
        _broker.Signature = Ssh.Signatures.SshSig.Sign(third, "krl@sshfn", _broker.List);

        // Without the first link nothing leads from the key that is held to the one that signs.
        _broker.Handovers = [next];
        Assert.NotNull((await _host.RefreshAsync()).First(step => step.Step == "trust bundle").Problem);
        Assert.Equal(1, PinnedTrust.Read(_host.Folders).Bundle.Version);

        _broker.Handovers = [first, next];
        IReadOnlyList<StepResult> results = await _host.RefreshAsync();
        Assert.All(results.Where(step => step.Step is "trust bundle" or "revocation list"), step => Assert.Null(step.Problem));
        Assert.Equal(third.PublicKey.ToText(), Assert.Single(PinnedTrust.Read(_host.Folders).Journal).ToText());
        Assert.Equal(5, HostFiles.ReadState(_host.Folders)!.RevocationListVersion);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(0, false)]
    [InlineData(7, true)]
    public async Task Renews_a_host_certificate_of_the_ca_before_within_hours(int hours, bool renewed)
    {
        using SshPrivateKey before = SshPrivateKey.GenerateEcdsa(256);
        _broker.Trust = _broker.Bundle(2) with { HostCaKeys = [FakeHostBroker.Key(before) with { State = "retiring" }, FakeHostBroker.Key(_broker.HostCa)] };
        SshCertificate held = HostCertificates.Sign(before, _host.HostKey.PublicKey, CertificateType.Host, TimeSpan.FromDays(30), TimeSpan.FromDays(1));
        File.WriteAllText(_host.Folders.CertificateOf(_host.HostKeyFile), held.ToText() + "\n");
        await _host.RefreshAsync();
        Assert.Equal(held.ToText() + "\n", File.ReadAllText(_host.Folders.CertificateOf(_host.HostKeyFile)));

        HostFiles.WriteState(_host.Folders, HostFiles.ReadState(_host.Folders)! with { HostCaSince = Clock.Now.AddHours(-hours) });
        await _host.RefreshAsync();

        Assert.Equal(renewed, File.ReadAllText(_host.Folders.CertificateOf(_host.HostKeyFile)) != held.ToText() + "\n");
    }

    [Fact(Timeout = 60_000)]
    public async Task Takes_a_rogue_key_out_of_the_file_that_sshd_reads_and_raises_an_alarm()
    {
        using SshPrivateKey rogue = SshPrivateKey.GenerateEcdsa(256);
        File.AppendAllText(_host.Folders.UserCaKeys, rogue.PublicKey.ToText() + "\n");

        await _host.RefreshAsync();

        Assert.DoesNotContain(rogue.PublicKey.ToText(), File.ReadAllText(_host.Folders.UserCaKeys), StringComparison.Ordinal);
        Assert.Equal("configuration", Assert.Single(_broker.Alarms).Kind);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(19, false)]
    [InlineData(21, true)]
    public async Task Renews_a_host_certificate_in_its_last_third(int days, bool renewed)
    {
        SshCertificate held = HostCertificates.Sign(
            _broker.HostCa, _host.HostKey.PublicKey, CertificateType.Host, TimeSpan.FromDays(30), TimeSpan.FromDays(days));
        File.WriteAllText(_host.Folders.CertificateOf(_host.HostKeyFile), held.ToText() + "\n");

        await _host.RefreshAsync();

        Assert.Equal(renewed, File.ReadAllText(_host.Folders.CertificateOf(_host.HostKeyFile)) != held.ToText() + "\n");
    }

    [Fact(Timeout = 60_000)]
    public async Task Refuses_a_host_certificate_of_another_ca()
    {
        using SshPrivateKey rogue = SshPrivateKey.GenerateEcdsa(256);
        SshCertificate certificate = HostCertificates.Sign(rogue, _host.HostKey.PublicKey, CertificateType.Host, TimeSpan.FromDays(30), TimeSpan.Zero);
        _broker.Broker.On("POST", Routes.HostCertificates, _ => FakeAnswer.Of(
            new HostCertificateResponse(certificate.ToText(), 1, "x", ["x"], default, default, "x"), ApiJson.Default.HostCertificateResponse));

        StepResult result = (await _host.RefreshAsync()).Single(step => step.Step == "host certificates");

        Assert.Equal(StaleCode.HostCertificates, result.Code);
        Assert.False(File.Exists(_host.Folders.CertificateOf(_host.HostKeyFile)));
    }

    [Fact(Timeout = 60_000)]
    public async Task Rotates_its_token_in_its_last_third_and_goes_on_with_the_new_one()
    {
        DateTimeOffset now = Clock.Now;
        HostFiles.WriteState(_host.Folders, HostFiles.ReadState(_host.Folders)! with { TokenCreated = now.AddDays(-300), TokenExpires = now.AddDays(66) });
        const string Next = "tok_2.bmV4dA";
        AccessTokenResponse token = new("tok_2", "host", "host", "host:" + FakeHostBroker.Host, [], now, now.AddDays(366));
        _broker.Broker.On("POST", "/api/tokens/tok_1/rotate", _ => FakeAnswer.Of(new CreatedAccessTokenResponse(token, Next), ApiJson.Default.CreatedAccessTokenResponse));
        _broker.Broker.Knows = presented => presented is FakeBroker.Token or Next;

        await _host.RefreshAsync();

        Assert.Equal(Next, HostFiles.ReadToken(_host.Folders));
        Assert.Equal(now.AddDays(366), HostFiles.ReadState(_host.Folders)!.TokenExpires);
        Assert.Equal("Bearer " + Next, _broker.Broker.Requests[^1].Authorization);
        Assert.Equal(Files.Private, File.GetUnixFileMode(_host.Folders.Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task Keeps_the_newest_list_of_registered_keys_and_refuses_an_older_or_foreign_one()
    {
        DateTimeOffset now = Clock.Now;
        AuthorizedKeysDocument document = new(FakeHostBroker.Host, FakeHostBroker.Resource, now, []);
        AuthorizedKeysResponse answer = _broker.Sign(document);
        _broker.Broker.On("GET", $"/api/hosts/{FakeHostBroker.Host}/authorized-keys", _ => FakeAnswer.Of(answer, ApiJson.Default.AuthorizedKeysResponse));
        await _host.RefreshAsync();
        string held = File.ReadAllText(_host.Folders.AuthorizedKeys);
        using SshPrivateKey foreign = SshPrivateKey.GenerateEcdsa(256);
        AuthorizedKeysResponse[] bad =
        [
            _broker.Sign(document with { Issued = now.AddSeconds(-1) }),
            _broker.Sign(document with { Host = "zzzzzzzzzzzzzzzz" }),
            _broker.Sign(document with { Resource = "acme/production/db" }),
            _broker.Sign(document, foreign),
            answer with { Signature = "" },
        ];

        foreach (AuthorizedKeysResponse one in bad)
        {
            answer = one;
            StepResult result = (await _host.RefreshAsync()).Single(step => step.Step == "registered keys");
            Assert.Equal(StaleCode.AuthorizedKeys, result.Code);
        }

        Assert.Equal(held, File.ReadAllText(_host.Folders.AuthorizedKeys));
    }

    [Fact(Timeout = 60_000)]
    public async Task Says_by_its_exit_code_what_is_stale_and_by_status_too()
    {
        _broker.Broker.On("GET", $"/api/hosts/{FakeHostBroker.Host}/authorized-keys", _ => FakeAnswer.Of(
            _broker.Sign(new(FakeHostBroker.Host, FakeHostBroker.Resource, Clock.Now, [])), ApiJson.Default.AuthorizedKeysResponse));
        (await _host.RunAsync("refresh")).Expect(0);
        (await _host.RunAsync("status")).Expect(0);
        _broker.Signature = "";
        _broker.ListTag = _broker.SignatureTag = "\"other\"";
        (await _host.RunAsync("refresh")).Expect(StaleCode.RevocationList);
        ProcessRun status = (await _host.RunAsync("status")).Expect(0);
        Assert.Contains("the broker's revocation list was refused", status.Output, StringComparison.Ordinal);

        _broker.Broker.Stop();

        (await _host.RunAsync("refresh")).Expect(ExitCode.Unavailable);
        Assert.Contains("\"brokerAnswers\": false", (await _host.RunAsync("status", arguments: "--json")).Expect(ExitCode.Unavailable).Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Only_one_refreshes_a_folder()
    {
        using HostAgent first = _host.Open();

        Assert.Contains("another sshfn", (await _host.RunAsync("refresh")).Expect(ExitCode.Conflict).Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Believes_no_settings_that_others_can_change()
    {
        File.SetUnixFileMode(_host.Folders.Settings, Files.Readable | UnixFileMode.OtherWrite);

        Assert.Contains("can be written by others", (await _host.RunAsync("refresh")).Expect(ExitCode.Failed).Error, StringComparison.Ordinal);
    }
}
