using System.Diagnostics;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Hooks.Host.Sessions;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Http;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Host.Callbacks;

public sealed class PasscodeHookTests : IDisposable
{
    private const string Connection = "192.0.2.7 50000 192.0.2.1 22";
    private const string Good = "ABCD-EFGH-JKMN";

    // A login may wait two seconds; starting a program that is not compiled comes on top.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2) + TimeSpan.FromSeconds(SshfnProgram.IsAheadOfTime ? 0 : 3);

    private readonly FakeHostBroker _broker = new();

    public PasscodeHookTests() => _broker.Broker.On("POST", Routes.PasscodeRedemptions, Redeem);

    public void Dispose() => _broker.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Lets_in_who_has_a_passcode_and_leaves_word_for_the_session()
    {
        using EnrolledHost host = new(_broker);

        ProcessRun run = (await TypeAsync(host, Good)).Expect(0);

        Assert.Empty(run.Output + run.Error);
        RedeemPasscodeRequest asked = JsonSerializer.Deserialize(Assert.Single(_broker.Broker.Requests).Body, ApiJson.Default.RedeemPasscodeRequest)!;
        Assert.Equal((Good, "deploy", "192.0.2.7"), (asked.Passcode, asked.Login, asked.SourceAddress));
        Assert.Equal(new RedeemedPasscode(65540, "alice@example.com", "deploy"), RedeemedPasscode.Take(host.Folders, Connection, "deploy"));
        Assert.Null(RedeemedPasscode.Take(host.Folders, Connection, "deploy"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Refuses_without_a_word_what_the_broker_refuses()
    {
        using EnrolledHost host = new(_broker);

        ProcessRun run = (await TypeAsync(host, "WRONG-CODE")).Expect(1);

        Assert.Empty(run.Output + run.Error);
        Assert.Empty(Directory.GetFiles(host.Folders.Redeemed));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("\b\n\r\u007fINCORRECT", "sshd's fake password of an unknown account")]
    [InlineData("", "nothing")]
    [InlineData("correct horse battery staple!", "a password of somebody's own")]
    [InlineData("ABCD\0EFGH", "a NUL")]
    public async Task Sends_nothing_that_is_no_passcode(string typed, string what)
    {
        Assert.NotEmpty(what);
        using EnrolledHost host = new(_broker);

        (await TypeAsync(host, typed)).Expect(1);

        Assert.Empty(_broker.Broker.Requests);
    }

    [Fact(Timeout = 60_000)]
    public async Task Sends_nothing_longer_than_pam_hands_over()
    {
        using EnrolledHost host = new(_broker);

        (await TypeAsync(host, new string('A', 600))).Expect(1);

        Assert.Empty(_broker.Broker.Requests);
    }

    [Fact(Timeout = 60_000)]
    public async Task Says_that_a_hung_broker_can_not_check_it_before_the_login_has_waited_two_seconds()
    {
        using SilentServer silent = new();
        using EnrolledHost host = new(_broker, settings => settings with { Broker = silent.Address });
        long began = Stopwatch.GetTimestamp();

        ProcessRun run = (await TypeAsync(host, Good)).Expect(1);

        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, Deadline);
        Assert.Equal("passcodes can't be checked now: the broker is away\n", run.Output);
    }

    [Fact(Timeout = 60_000)]
    public async Task Burns_no_passcode_for_a_session_that_could_not_be_explained()
    {
        using EnrolledHost host = new(_broker);
        // A file stands where the folder should be, as little use as a full disk.
        Directory.CreateDirectory(host.Folders.RunFolder, Outside.Files.PrivateFolder);
        await File.WriteAllTextAsync(host.Folders.Redeemed, "");

        (await TypeAsync(host, Good)).Expect(1);

        Assert.Empty(_broker.Broker.Requests);
    }

    private static Task<ProcessRun> TypeAsync(EnrolledHost host, string typed) => host.RunAsync(
        "passcode", typed, new Dictionary<string, string?> { ["PAM_USER"] = "deploy", ["SSH_CONNECTION"] = Connection, ["PAM_TYPE"] = "auth" });

    private static FakeAnswer Redeem(FakeRequest request) =>
        JsonSerializer.Deserialize(request.Body, ApiJson.Default.RedeemPasscodeRequest)!.Passcode == Good
            ? FakeAnswer.Of(new RedeemedPasscodeResponse(65540, "alice@example.com", "deploy", null, "deployers"), ApiJson.Default.RedeemedPasscodeResponse)
            : FakeAnswer.Problem(403, ProblemTypes.Denied, "The passcode is not good here now.");
}
