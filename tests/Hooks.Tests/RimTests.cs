using SshFunctions.Hooks.Outside;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests;

public sealed class RimTests
{
    [Fact]
    public void A_time_out_that_nobody_asked_for_is_told()
    {
        using CancellationTokenSource user = new();
        CommandFailedException? told = Rim.FailureOf(new TaskCanceledException(), user.Token);
        Assert.Equal((ExitCode.Failed, "something took too long, and sshfn gave it up"), (told!.ExitCode, told.Message));
        Assert.NotNull(told.Hint);
        user.Cancel();
        Assert.Null(Rim.FailureOf(new TaskCanceledException(), user.Token));
    }

    [Fact]
    public void Who_waits_for_another_sshfn_is_told_what_to_do()
    {
        CommandFailedException? told = Rim.FailureOf(new LockHeldException("/run/sshfn/enroll.lock", TimeSpan.FromMinutes(10)), CancellationToken.None);
        Assert.Equal("another sshfn holds /run/sshfn/enroll.lock and has not let go for 600 s", told!.Message);
        Assert.Equal("let it end, or find it and end it: fuser -v /run/sshfn/enroll.lock", told.Hint);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_version_stands_behind_the_name_as_the_broker_s_does()
    {
        using SshfnProgram sshfn = new();
        ProcessRun run = (await sshfn.RunAsync("--version")).Expect(0);
        Assert.Matches("^sshfn [0-9]+\\.[0-9]+\\.[0-9]+\n$", run.Output);
    }
}
