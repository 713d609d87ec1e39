using SshFunctions.Api;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Ssh;
using SshFunctions.Support.Sshd;

namespace SshFunctions.Interop.Tests.Host;

/// <summary>A stock sshd enrolled with a real broker: every way in works while it is enrolled, and none of ours afterwards.</summary>
public sealed class EnrolledServerTests
{
    private const int Patience = 180_000;

    [Fact(Timeout = Patience)]
    public async Task Certificate_registered_key_and_passcode_enter_and_unenroll_restores_every_byte()
    {
        await using EnrolledServer server = await EnrolledServer.StartUnenrolledAsync();
        EnrollableSshd sshd = server.Sshd;
        string before = await sshd.Files.SnapshotAsync();
        await server.EnrollAsync("--passcodes", "--registered-keys");
        (SshClient certified, _, _) = await server.ClientAsync("certified", withCertificate: true);
        (SshClient registered, _, string key) = await server.ClientAsync("registered", withCertificate: false);
        await server.Alice.PostAsync<RegisterKeyRequest, RegisteredKeyResponse>(Routes.Keys, new RegisterKeyRequest("laptop", key));
        SshClient typing = server.PasswordClient((await server.PasscodeAsync()).Passcode, "password");

        foreach (SshClient client in new[] { certified, registered, typing })
            Assert.Equal(sshd.Login, (await client.RunAsync(EnrolledServer.Alias, ["id", "-un"])).Expect(0).Output.Trim());
        (await typing.RunAsync(EnrolledServer.Alias, ["true"])).Expect(255);

        await sshd.UnenrollAsync();

        Assert.Equal(before, await sshd.Files.SnapshotAsync());
        Assert.False(Directory.Exists(sshd.Files.Folder));
        (await certified.RunAsync(EnrolledServer.Alias, ["true"])).Expect(255);
        (await registered.RunAsync(EnrolledServer.Alias, ["true"])).Expect(255);
        Assert.Empty(await server.Broker.Admin.ListAsync<HostResponse>(Routes.Hosts));
    }

    [Fact(Timeout = Patience)]
    public async Task An_enrollment_token_enrolls_once()
    {
        await using EnrolledServer server = await EnrolledServer.StartUnenrolledAsync();
        EnrollableSshd sshd = server.Sshd;
        string token = await server.EnrollmentTokenAsync();
        await sshd.EnrollAsync(server.BrokerAddress, token);
        await sshd.UnenrollAsync();

        ProcessRun again = (await sshd.HostAsync("enroll", token, ["--broker", server.BrokerAddress, "--token-stdin", .. sshd.Machine])).Expect(3);

        Assert.Contains("nothing of it is left on this machine", again.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(sshd.Files.Folder));
    }

    [Fact(Timeout = Patience)]
    public async Task What_a_passcode_opens_forwards_nothing()
    {
        await using EnrolledServer server = await EnrolledServer.StartAsync(null, "--passcodes");
        SshClient typing = server.PasswordClient((await server.PasscodeAsync()).Passcode, "password");

        ProcessRun run = (await typing.SshAsync(["-W", $"127.0.0.1:{server.Sshd.Port}", EnrolledServer.Alias])).Expect(255);

        Assert.Contains("administratively prohibited", run.Error, StringComparison.Ordinal);
    }
}
