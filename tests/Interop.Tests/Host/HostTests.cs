using System.Diagnostics;
using SshFunctions.Api;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Ssh;
using SshFunctions.Support.Sshd;
using Xunit.Abstractions;

namespace SshFunctions.Interop.Tests.Host;

/// <summary>An enrolled host with all that it can do, on the real sshd with its PAM.</summary>
public sealed class HostTests(ITestOutputHelper output)
{
    [Fact(Timeout = 180_000)]
    public async Task A_revoked_certificate_is_refused_and_its_live_session_is_gone()
    {
        await using EnrolledServer server = await EnrolledServer.StartAsync();
        (SshClient client, UserCertificateResponse? certificate, _) = await server.ClientAsync("id", withCertificate: true);
        using BackgroundProgram agent = server.Sshd.StartAgent();
        using LiveConnection live = await client.OpenAsync(EnrolledServer.Alias);
        long began = Stopwatch.GetTimestamp();

        await server.RevokeAsync(new RevokeAccessRequest("test", Serial: certificate!.Serial));
        await live.EndsAsync();

        output.WriteLine($"the live session was gone {Stopwatch.GetElapsedTime(began).TotalMilliseconds:F0} ms after the revocation was asked for");
        Assert.Contains("Permission denied", (await client.RunAsync(EnrolledServer.Alias, ["true"])).Expect(255).Error, StringComparison.Ordinal);
        Assert.Contains("\"sessions\": 0", (await server.Sshd.HostAsync("status", null, "--json")).Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_registered_key_enters_online_then_offline_and_not_after_its_time()
    {
        await using EnrolledServer server = await EnrolledServer.StartAsync(null, "--registered-keys");
        (SshClient client, _, string key) = await server.ClientAsync("id", withCertificate: false);
        (await client.RunAsync(EnrolledServer.Alias, ["true"])).Expect(255);
        await server.Alice.PostAsync<RegisterKeyRequest, RegisteredKeyResponse>(Routes.Keys, new RegisterKeyRequest("laptop", key));

        Assert.Equal("entered\n", (await client.RunAsync(EnrolledServer.Alias, ["echo", "entered"])).Expect(0).Output);
        await server.RefreshAsync();
        await server.Broker.KillAsync();
        Assert.Equal("offline\n", (await client.RunAsync(EnrolledServer.Alias, ["echo", "offline"])).Expect(0).Output);

        // Two seconds after the list was fetched it is older than one, whatever the login before took.
        TimeSpan age = TimeProvider.System.GetUtcNow() - File.GetLastWriteTimeUtc(server.Sshd.Files.Folder + "/authorized_keys.json");
        if (age < TimeSpan.FromSeconds(2)) await Task.Delay(TimeSpan.FromSeconds(2) - age);
        string settings = server.Sshd.Files.Folder + "/host.json";
        await File.WriteAllTextAsync(settings, (await File.ReadAllTextAsync(settings)).Replace("\"offlineKeysForSeconds\": 14400", "\"offlineKeysForSeconds\": 1", StringComparison.Ordinal));
        (await client.RunAsync(EnrolledServer.Alias, ["true"])).Expect(255);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_passcode_enters_once_and_its_session_ends_with_its_owner()
    {
        await using EnrolledServer server = await EnrolledServer.StartAsync(null, "--passcodes");
        PasscodeResponse once = await server.PasscodeAsync();
        SshClient client = server.PasswordClient(once.Passcode);

        Assert.Equal("entered\n", (await client.RunAsync(EnrolledServer.Alias, ["echo", "entered"])).Expect(0).Output);
        (await client.RunAsync(EnrolledServer.Alias, ["true"])).Expect(255);

        using BackgroundProgram agent = server.Sshd.StartAgent();
        PasscodeResponse again = await server.PasscodeAsync();
        using LiveConnection live = await server.PasswordClient(again.Passcode).OpenAsync(EnrolledServer.Alias);
        await server.RevokeAsync(new RevokeAccessRequest("test", Subject: EnrolledServer.Person));
        await live.EndsAsync();
    }

    [Fact(Timeout = 180_000)]
    public async Task A_passcode_can_not_be_checked_while_the_broker_is_away_and_the_client_is_told_so()
    {
        await using EnrolledServer server = await EnrolledServer.StartAsync(null, "--passcodes");
        PasscodeResponse passcode = await server.PasscodeAsync();
        await server.Broker.KillAsync();

        ProcessRun run = (await server.PasswordClient(passcode.Passcode).RunAsync(EnrolledServer.Alias, ["true"])).Expect(255);

        Assert.Contains("passcodes can't be checked now", run.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_single_use_certificate_opens_one_connection_also_when_many_ask_at_once()
    {
        await using EnrolledServer server = await EnrolledServer.StartAsync(grant => grant with { SingleUse = true });
        (SshClient first, _, _) = await server.ClientAsync("first", withCertificate: true);
        Assert.Equal("entered\n", (await first.RunAsync(EnrolledServer.Alias, ["echo", "entered"])).Expect(0).Output);
        ProcessRun refused = (await first.RunAsync(EnrolledServer.Alias, ["echo", "entered"])).Expect(254);
        Assert.Contains("this login is refused", refused.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("entered", refused.Output, StringComparison.Ordinal);

        (SshClient second, _, _) = await server.ClientAsync("second", withCertificate: true);
        ProcessRun[] runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => second.RunAsync(EnrolledServer.Alias, ["echo", "entered"])));

        Assert.Single(runs, run => run.Output == "entered\n");
    }

    [Fact(Timeout = 180_000)]
    public async Task A_single_use_certificate_opens_nothing_while_the_broker_is_away_and_another_certificate_waits_for_nothing()
    {
        await using EnrolledServer server = await EnrolledServer.StartAsync(grant => grant with { SingleUse = true });
        (SshClient single, _, _) = await server.ClientAsync("single", withCertificate: true);
        await server.Broker.Admin.PutAsync<GrantRequest, GrantResponse>(
            $"{Routes.Grants}/{EnrolledServer.Grant}", new GrantRequest(EnrolledServer.Path, "developer", Subject: EnrolledServer.Person));
        (SshClient plain, _, _) = await server.ClientAsync("plain", withCertificate: true);
        await server.Broker.KillAsync();

        (await single.RunAsync(EnrolledServer.Alias, ["echo", "entered"])).Expect(254);
        Assert.Equal("entered\n", (await plain.RunAsync(EnrolledServer.Alias, ["echo", "entered"])).Expect(0).Output);
    }

    [Fact(Timeout = 180_000)]
    public async Task The_journal_says_who_came_and_went()
    {
        await using EnrolledServer server = await EnrolledServer.StartAsync();
        (SshClient client, _, _) = await server.ClientAsync("id", withCertificate: true);
        (await client.RunAsync(EnrolledServer.Alias, ["true"])).Expect(0);

        (await server.RefreshAsync()).Expect(0);

        Assert.Single(await server.Broker.Admin.JournalAsync("session.opened"));
        Assert.Single(await server.Broker.Admin.JournalAsync("session.closed"));
        Assert.Empty(await server.Broker.Admin.JournalAsync("session.unexplained"));
    }

    [Fact(Timeout = 180_000)]
    public async Task A_certificate_of_a_rogue_CA_that_sshd_was_made_to_trust_raises_the_alarm_and_enters_no_more()
    {
        await using EnrolledServer server = await EnrolledServer.StartAsync();
        (SshClient client, _, _) = await server.ClientAsync("id", withCertificate: false);
        string ca = server.KeyFile("rogue");
        await File.AppendAllTextAsync(server.Sshd.Files.Folder + "/user_ca.pub", await SshKeygen.GenerateAsync(ca, SshKeygen.Ed25519));
        await SshKeygen.SignUserAsync(ca, server.KeyFile("id"), EnrolledServer.Person, 65537, $"{server.Sshd.Login}@{EnrolledServer.Path}");
        (await client.RunAsync(EnrolledServer.Alias, ["true"])).Expect(0);

        (await server.RefreshAsync()).Expect(0);

        Assert.Single(await server.Broker.Admin.JournalAsync("session.unexplained"));
        Assert.NotEmpty(await server.Broker.Admin.JournalAsync("host.alarm"));
        (await client.RunAsync(EnrolledServer.Alias, ["true"])).Expect(255);
    }
}
