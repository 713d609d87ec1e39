using SshFunctions.Api;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Revocation;
using SshFunctions.Support.Broker;

namespace SshFunctions.Hooks.Tests.Commands;

/// <summary>What the end and the beginning of an access do with the certificates at hand.</summary>
public sealed class AccessRequestCommandTests : IDisposable
{
    private const string Id = "z4a6kqd2mx3thd5xravn";
    private readonly FakeBroker _broker = new();
    private readonly SshfnProgram _sshfn = new();

    public void Dispose()
    {
        _broker.Dispose();
        _sshfn.Dispose();
    }

    [Theory(Timeout = 60_000)]
    [InlineData("closed", "request", "close", Id, "--reason", "done")]
    [InlineData("active", "request", "open", "acme/production/web", "--reason", "again", "--wait")]
    public async Task The_next_login_fetches_a_certificate_when_the_one_at_hand_is_revoked(string state, params string[] command)
    {
        await SetUpAsync();
        Answer(state);
        Revoke(Current());
        (await _sshfn.RunAsync(command)).Expect(0);
        Assert.False(File.Exists(CertificateFile));

        ulong before = _serial;
        (await _sshfn.CertAsync()).Expect(0);
        Assert.NotEqual(before, Current().Content.Serial);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_that_is_not_revoked_stays(bool withList)
    {
        await SetUpAsync();
        Answer("closed");
        if (withList) Revoke(null);
        (await _sshfn.RunAsync("request", "close", Id, "--reason", "done")).Expect(0);
        Assert.Equal(_serial, Current().Content.Serial);
    }

    private string CertificateFile => _sshfn.Destination() + "/current/key-cert.pub";

    private ulong _serial;

    private SshCertificate Current() => SshCertificate.Parse(File.ReadAllText(CertificateFile).Trim());

    private void Revoke(SshCertificate? certificate)
    {
        RevocationListBuilder list = new();
        if (certificate is not null) list.AddSerial(_broker.Authority.CaKey, certificate.Content.Serial);
        byte[] bytes = list.Build(1, TimeProvider.System.GetUtcNow());
        _broker.On("GET", Routes.RevocationList, _ => new FakeAnswer(200, "") { Bytes = bytes });
    }

    private void Answer(string state)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        AccessRequestResponse request = new(
            Id, "acme/production/web", "alice", "alice", state, "developer", null, null, ["pty"], 3600, "work", null, null,
            now, now.AddHours(1), 1, [], null, null, null, null, null, false, null, null);
        foreach (string route in new[] { Routes.AccessRequests, Routes.AccessRequestClosing.Replace("{id}", Id, StringComparison.Ordinal) })
            _broker.On("POST", route, _ => FakeAnswer.Of(request, ApiJson.Default.AccessRequestResponse));
    }

    private async Task SetUpAsync()
    {
        await _sshfn.SignInAsync(_broker);
        (await _sshfn.CertAsync()).Expect(0);
        _serial = Current().Content.Serial;
    }
}
