using SshFunctions.Api;
using SshFunctions.Support.Files;

namespace SshFunctions.App.Tests.Rotation;

/// <summary>Rotations on stock sshds with the real agent.</summary>
public sealed class RotationOnServersTests : IDisposable
{
    private const int Patience = 600_000;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Patience)]
    public async Task Five_hosts_and_a_laggard_go_from_one_user_ca_to_the_next_while_nobody_is_ever_refused()
    {
        await using RotatingBroker broker = await RotatingBroker.StartAsync(_folder);
        await using ServerFleet fleet = await ServerFleet.StartAsync(broker, _folder, 5);
        await fleet.RefreshAllAsync();
        string first = (await fleet.IssueAsync(0)).CaFingerprint;
        await using (var logins = new LoginLoop(fleet))
        {
            Assert.Equal("idle", (await broker.RotateAsync("user-ca", dryRun: true)).State);
            Assert.Equal("published", (await broker.RotateAsync("user-ca")).State);
            await fleet.RefreshAsync(0, 1, 2, 3);
            await broker.RunTimerAsync();
            KeyRotationResponse waits = await broker.StatusAsync("user-ca");
            Assert.Equal(("published", 4, 5), (waits.State, waits.HoldingHosts, waits.ReportingHosts));
            Assert.Equal(ServerFleet.PathOf(4), Assert.Single(waits.Laggards).Resource);
            Assert.Equal(first, (await fleet.IssueAsync(0)).CaFingerprint);

            await fleet.RefreshAsync(4);
            await broker.RunTimerAsync();
            Assert.Equal("retiring", (await broker.StatusAsync("user-ca")).State);
            Assert.NotEqual(first, (await fleet.IssueAsync(0)).CaFingerprint);
            await MoreLoginsAsync(logins, 5);

            broker.Clock.Advance(TimeSpan.FromHours(24));
            await broker.RunTimerAsync();
            await fleet.RefreshAllAsync();
            Assert.Equal("retiring", (await broker.StatusAsync("user-ca")).State);
            Assert.Equal(2, LinesOf(fleet.TrustedBy(0)));
            broker.Clock.Advance(TimeSpan.FromHours(2));
            await broker.RunTimerAsync();
            await fleet.RefreshAllAsync();
            Assert.Equal("idle", (await broker.StatusAsync("user-ca")).State);
            Assert.All(Enumerable.Range(0, 5), number => Assert.Equal(1, LinesOf(fleet.TrustedBy(number))));
            await MoreLoginsAsync(logins, 5);
            Assert.Empty(logins.Failures);
        }

        Assert.Single(Directory.GetFiles(_folder["data/keys"]), file => Path.GetFileName(file).StartsWith("user-ca-", StringComparison.Ordinal));
    }

    [Fact(Timeout = Patience)]
    public async Task A_rotation_that_is_taken_back_leaves_everybody_in_and_an_emergency_cuts_off_what_the_old_key_signed()
    {
        await using RotatingBroker broker = await RotatingBroker.StartAsync(_folder);
        await using ServerFleet fleet = await ServerFleet.StartAsync(broker, _folder, 1);
        await fleet.RefreshAllAsync();
        UserCertificateResponse old = await fleet.IssueAsync(0);
        await broker.RotateAsync("user-ca");
        await fleet.RefreshAllAsync();
        Assert.Equal(2, LinesOf(fleet.TrustedBy(0)));
        await broker.RunTimerAsync();
        UserCertificateResponse ofTheNew = await fleet.IssueAsync(0);
        Assert.NotEqual(old.CaFingerprint, ofTheNew.CaFingerprint);

        using HttpResponseMessage back = await broker.Admin.Http.DeleteAsync(new Uri($"{Routes.KeyRotations}/user-ca?reason=no", UriKind.Relative));
        Assert.True(back.IsSuccessStatusCode, await back.Content.ReadAsStringAsync());
        Assert.Equal(old.CaFingerprint, (await fleet.IssueAsync(0)).CaFingerprint);
        await fleet.RefreshAllAsync();
        (await fleet.LogInAsync(0, ofTheNew)).Expect(0);
        (await fleet.LogInAsync(0, old)).Expect(0);

        Assert.Equal("idle", (await broker.RotateAsync("user-ca", emergency: true)).State);
        await fleet.RefreshAllAsync();
        Assert.NotEqual(0, (await fleet.LogInAsync(0, old)).ExitCode);
        (await fleet.LogInAsync(0)).Expect(0);
    }

    [Fact(Timeout = Patience)]
    public async Task Host_ca_and_journal_key_go_from_one_to_the_next_and_a_host_that_was_away_finds_its_way()
    {
        await using RotatingBroker broker = await RotatingBroker.StartAsync(_folder);
        await using ServerFleet fleet = await ServerFleet.StartAsync(broker, _folder, 2);
        await fleet.RefreshAllAsync();
        await broker.RotateAsync("host-ca");
        await broker.RotateAsync("journal");
        await fleet.RefreshAllAsync();
        await broker.RunTimerAsync();
        Assert.Equal(("published", "retiring"), ((await broker.StatusAsync("host-ca")).State, (await broker.StatusAsync("journal")).State));

        // The second host sleeps through the rest of it, with the journal key before; clients learn of the new host CA meanwhile.
        await fleet.LearnHostKeysAsync();
        await fleet.RefreshAsync(0);
        broker.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromHours(1));
        await broker.RunTimerAsync();
        Assert.Equal("published", (await broker.StatusAsync("host-ca")).State);
        broker.Clock.Advance(TimeSpan.FromHours(3));
        await fleet.RefreshAsync(0);
        await broker.RunTimerAsync();
        Assert.Equal("idle", (await broker.StatusAsync("journal")).State);
        await fleet.RefreshAllAsync();
        await broker.RunTimerAsync();
        (await fleet.LogInAsync(0)).Expect(0);
        (await fleet.LogInAsync(1)).Expect(0);
        Assert.Equal(2, (await broker.TextAsync(Routes.KnownHosts)).Split('\n').Count(line => line.StartsWith("@cert-authority", StringComparison.Ordinal)));
    }

    private static int LinesOf(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    private static async Task MoreLoginsAsync(LoginLoop logins, int count)
    {
        int until = logins.Count + count;
        while (logins.Count < until) await Task.Delay(TimeSpan.FromMilliseconds(20));
    }
}
