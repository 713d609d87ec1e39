using SshFunctions.Hooks.Host;
using SshFunctions.Hooks.Host.Refresh;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Revocation;
using SshFunctions.Ssh.Signatures;
using SshFunctions.Support.Broker;

namespace SshFunctions.Hooks.Tests.Host.Refresh;

public sealed class RevocationListTests : IDisposable
{
    private readonly FakeHostBroker _broker = new();
    private readonly EnrolledHost _host;

    public RevocationListTests()
    {
        _broker.Publish(5, list => list.AddSerial(_broker.UserCa.PublicKey, 7));
        _host = new EnrolledHost(_broker);
    }

    public void Dispose()
    {
        _host.Dispose();
        _broker.Dispose();
    }

    [Fact(Timeout = 60_000)]
    public async Task Puts_a_newer_list_into_force_and_reports_it()
    {
        _broker.Publish(6, list => list.AddSerial(_broker.UserCa.PublicKey, 8));

        IReadOnlyList<StepResult> results = await _host.RefreshAsync();

        Assert.All(results, result => Assert.Null(result.Problem));
        Assert.Equal(_broker.List, File.ReadAllBytes(_host.Folders.RevocationList));
        Assert.Equal(6, Assert.Single(_broker.Reports).RevocationListVersion);
        Assert.Empty(_broker.Alarms);
    }

    [Fact(Timeout = 60_000)]
    public async Task Asks_for_nothing_twice_that_did_not_change()
    {
        await _host.RefreshAsync();
        await _host.RefreshAsync();

        Assert.Single(_broker.Broker.Requests, request => request.Path == Api.Routes.RevocationListSignature);
    }

    [Fact(Timeout = 60_000)]
    public async Task Takes_the_same_version_with_other_content_when_its_signature_holds()
    {
        await _host.RefreshAsync();
        _broker.Publish(5, list => list.AddSerials(_broker.UserCa.PublicKey, 7, 9));

        await _host.RefreshAsync();

        Assert.Equal(_broker.List, File.ReadAllBytes(_host.Folders.RevocationList));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("rolled back", "goes back")]
    [InlineData("unsigned", "not signed")]
    [InlineData("without a signature at all", "not signed")]
    [InlineData("signed for something else", "namespace")]
    [InlineData("truncated", "signature does not hold")]
    [InlineData("empty", "empty")]
    [InlineData("empty and signed", "empty")]
    [InlineData("signed garbage", "magic")]
    [InlineData("foreign", "no journal key that is held here")]
    [InlineData("another's signature", "never belonged")]
    public async Task Refuses_a_bad_list_keeps_the_old_one_and_raises_an_alarm(string trouble, string reason)
    {
        await _host.RefreshAsync();
        byte[] old = File.ReadAllBytes(_host.Folders.RevocationList);
        Break(trouble);

        StepResult result = (await _host.RefreshAsync()).Single(step => step.Step == "revocation list");
        await _host.RefreshAsync();

        Assert.Equal(StaleCode.RevocationList, result.Code);
        Assert.Contains(reason, result.Problem, StringComparison.Ordinal);
        Assert.Equal(old, File.ReadAllBytes(_host.Folders.RevocationList));
        Assert.Equal("revocation-list", Assert.Single(_broker.Alarms).Kind);
        Assert.All(_broker.Reports, report => Assert.Equal(5, report.RevocationListVersion));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("missing")]
    [InlineData("empty")]
    [InlineData("garbage")]
    [InlineData("an older one")]
    public async Task Restores_the_file_that_sshd_reads_while_the_broker_is_away(string damage)
    {
        await _host.RefreshAsync();
        byte[] good = File.ReadAllBytes(_host.Folders.RevocationList);
        Damage(_host.Folders.RevocationList, damage);
        _broker.Broker.Stop();

        IReadOnlyList<StepResult> results = await _host.RefreshAsync();

        Assert.Equal(ExitCode.Unavailable, RefreshRun.CodeOf(results));
        Assert.Equal(good, File.ReadAllBytes(_host.Folders.RevocationList));
        Assert.Contains("restored", HostFiles.ReadState(_host.Folders)!.LastAlarm, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Takes_an_empty_file_away_that_it_can_not_restore()
    {
        // sshd denies everybody without the file, and nobody with an empty one.
        File.WriteAllBytes(_host.Folders.RevocationList, []);
        File.Delete(_host.Folders.RevocationListCopy);
        _broker.Broker.Stop();

        await _host.RefreshAsync();

        Assert.False(File.Exists(_host.Folders.RevocationList));
    }

    [Fact(Timeout = 60_000)]
    public async Task Takes_no_older_list_after_all_of_its_files_were_lost()
    {
        _broker.Publish(9);
        await _host.RefreshAsync();
        File.Delete(_host.Folders.RevocationList);
        File.Delete(_host.Folders.RevocationListCopy);
        _broker.Publish(8);

        StepResult result = (await _host.RefreshAsync()).Single(step => step.Step == "revocation list");

        Assert.Contains("goes back", result.Problem, StringComparison.Ordinal);
        Assert.False(File.Exists(_host.Folders.RevocationList));
    }

    [Fact(Timeout = 60_000)]
    public async Task Takes_a_list_that_changes_at_every_request_when_its_signature_comes_with_it()
    {
        ulong version = 5;
        _broker.Broker.On("GET", Api.Routes.RevocationList, _ =>
        {
            byte[] list = FakeHostBroker.Build(++version);
            return new FakeAnswer(200, "") { Bytes = list, Tag = $"\"{version}\"", Signature = Together(Signed(list).Signature) };
        });
        _broker.Broker.On("GET", Api.Routes.RevocationListSignature, _ => new FakeAnswer(200, _broker.Signature) { Tag = "\"never\"" });

        IReadOnlyList<StepResult> results = await _host.RefreshAsync();

        Assert.All(results, result => Assert.Null(result.Problem));
        Assert.Equal(6, Assert.Single(_broker.Reports).RevocationListVersion);
        Assert.DoesNotContain(_broker.Broker.Requests, request => request.Path == Api.Routes.RevocationListSignature);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("no base64!")]
    [InlineData("")]
    [InlineData("another's")]
    public async Task Refuses_a_list_whose_signature_in_the_header_is_not_its_own(string header)
    {
        await _host.RefreshAsync();
        byte[] old = File.ReadAllBytes(_host.Folders.RevocationList), next = FakeHostBroker.Build(6);
        string signature = header == "another's" ? Together(Signed(FakeHostBroker.Build(7)).Signature) : header;
        _broker.Broker.On("GET", Api.Routes.RevocationList, _ => new FakeAnswer(200, "") { Bytes = next, Tag = "\"6\"", Signature = signature });

        StepResult result = (await _host.RefreshAsync()).Single(step => step.Step == "revocation list");

        Assert.Contains("refused", result.Problem, StringComparison.Ordinal);
        Assert.Equal(old, File.ReadAllBytes(_host.Folders.RevocationList));
        Assert.Equal("revocation-list", Assert.Single(_broker.Alarms).Kind);
    }

    private static string Together(string armored) => Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(armored));

    private void Break(string trouble)
    {
        byte[] next = FakeHostBroker.Build(6);
        using SshPrivateKey foreign = SshPrivateKey.GenerateEcdsa(256);
        (byte[] List, string Signature) broken = trouble switch
        {
            "rolled back" => Signed(FakeHostBroker.Build(4)),
            "unsigned" => (next, ""),
            "signed for something else" => (next, SshSig.Sign(_broker.Journal, "other@sshfn", next)),
            "truncated" => (next[..^1], SshSig.Sign(_broker.Journal, HeldRevocationList.SignatureNamespace, next)),
            "empty" => ([], SshSig.Sign(_broker.Journal, HeldRevocationList.SignatureNamespace, next)),
            "empty and signed" => Signed([]),
            "signed garbage" => Signed([1, 2, 3, 4, 5, 6, 7, 8, 9]),
            "foreign" => (next, SshSig.Sign(foreign, HeldRevocationList.SignatureNamespace, next)),
            _ => Signed(next),
        };
        (_broker.List, _broker.Signature) = broken;
        _broker.ListTag = _broker.SignatureTag = "\"broken\"";
        if (trouble == "another's signature")
            _broker.SignatureTag = "\"another\"";
        if (trouble == "without a signature at all")
            _broker.Broker.On("GET", Api.Routes.RevocationListSignature, _ => FakeAnswer.Problem(404, Api.ProblemTypes.NotFound, "There is none."));
    }

    private (byte[] List, string Signature) Signed(byte[] list) => (list, SshSig.Sign(_broker.Journal, HeldRevocationList.SignatureNamespace, list));

    private static void Damage(string path, string damage)
    {
        if (damage == "missing")
            File.Delete(path);
        else
            File.WriteAllBytes(path, damage == "empty" ? [] : damage == "garbage" ? [1, 2, 3] : new RevocationListBuilder().Build(1, DateTimeOffset.UnixEpoch));
    }
}
