using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Commands;

public sealed class RotateKeyCommandTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeBroker _broker = new();
    private readonly SshfnProgram _sshfn = new();

    [Fact(Timeout = 60_000)]
    public async Task A_plan_after_an_abort_tells_whom_an_emergency_cuts_off_and_does_not_fail()
    {
        await _sshfn.SignInAsync(_broker);
        Answer("POST", Of("idle", "active", null) with { Waits = "SHA256:old would count no more", RolledBack = "two hosts do not come back", DryRun = true });

        ProcessRun run = (await _sshfn.RunAsync("ca", "rotate", "user-ca", "--emergency", "--dry-run")).Expect(0);

        Assert.Contains("SHA256:old would count no more", run.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_rotation_that_is_taken_back_while_one_waits_for_it_ends_with_an_error_that_says_why()
    {
        await _sshfn.SignInAsync(_broker);
        Answer("POST", Of("published", "published", null));
        KeyRotationsResponse after = new(3, [Of("idle", "retired", "2 of 5 hosts refuse it")]);
        _broker.On("GET", Routes.KeyRotations, _ => FakeAnswer.Of(after, ApiJson.Default.KeyRotationsResponse));

        ProcessRun run = (await _sshfn.RunAsync("ca", "rotate", "user-ca", "--wait")).Expect(5);

        Assert.Contains("the rotation of user-ca was taken back: 2 of 5 hosts refuse it", run.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Status_says_until_when_a_key_is_trusted_and_not_when_its_last_signature_expires()
    {
        await _sshfn.SignInAsync(_broker);
        KeyRotationResponse rotation = Of("retiring", "retiring", null);
        SigningKeyResponse key = rotation.Keys[0] with { LastExpiry = Start.AddHours(4), TrustedUntil = Start.AddHours(5) };
        KeyRotationsResponse status = new(3, [rotation with { Keys = [key], Waits = "what the old key signed counts still", Until = Start.AddHours(5) }]);
        _broker.On("GET", Routes.KeyRotations, _ => FakeAnswer.Of(status, ApiJson.Default.KeyRotationsResponse));
        _sshfn.Variables["TZ"] = "UTC";

        ProcessRun run = (await _sshfn.RunAsync("ca", "status")).Expect(0);

        Assert.Equal(3, run.Output.Split("17:00").Length);
        Assert.DoesNotContain("16:00", run.Output, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _sshfn.Dispose();
        _broker.Dispose();
    }

    private static KeyRotationResponse Of(string state, string keyState, string? aborted) => new(
        "user-ca", state, 2, [new SigningKeyResponse("SHA256:new", "ssh-ed25519 AAAA", keyState, Start, null, null, null, null, false, aborted)],
        false, Start, "root", null, null, null, 0, 0, 0, [], false);

    private void Answer(string method, KeyRotationResponse rotation) =>
        _broker.On(method, Routes.KeyRotations, _ => FakeAnswer.Of(rotation, ApiJson.Default.KeyRotationResponse));
}
