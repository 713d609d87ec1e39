using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Processes;

namespace SshFunctions.Hooks.Tests.Host.Enroll;

/// <summary>What can't work is refused before the token is spent, and leaves nothing behind; what fails later is undone.</summary>
public sealed class RefusedEnrollTests : IAsyncLifetime
{
    private const int Patience = 120_000;

    private EnrollableHost _host = null!;

    public async Task InitializeAsync() => _host = await EnrollableHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory(Timeout = Patience)]
    [InlineData("TrustedUserCAKeys /etc/ssh/other_ca.pub", "sets TrustedUserCAKeys /etc/ssh/other_ca.pub, which would no longer count")]
    [InlineData("RevokedKeys /etc/ssh/other_krl", "sets RevokedKeys /etc/ssh/other_krl")]
    [InlineData("AuthorizedPrincipalsFile .ssh/principals", "sets AuthorizedPrincipalsFile .ssh/principals")]
    [InlineData("PubkeyAuthentication no", "PubkeyAuthentication is no, and would be yes for everybody")]
    [InlineData("Match User git\n  AuthorizedPrincipalsCommand none", "below Match User git, AuthorizedPrincipalsCommand none stays in force in place of ours")]
    public async Task What_somebody_set_is_not_shadowed_unasked(string lines, string complaint)
    {
        await AppendAsync(lines);

        await RefusedAsync(5, complaint, "--no-sessions");

        await _host.EnrollAsync("--replace", "--no-sessions");
    }

    [Theory(Timeout = Patience)]
    [InlineData("NoSuchWord yes", 1, "sshd does not take its configuration as it is: ")]
    [InlineData("HostCertificate /etc/ssh/other-cert.pub", 5, "names the host certificate /etc/ssh/other-cert.pub, which sshd would show in place of ours")]
    public async Task What_only_a_person_can_mend_is_refused_with_replace_too(string line, int exitCode, string complaint)
    {
        await AppendAsync(line);

        await RefusedAsync(exitCode, complaint, "--replace");
    }

    [Fact(Timeout = Patience)]
    public async Task A_setting_that_is_read_before_ours_is_found_by_what_sshd_says()
    {
        string earlier = Path.Combine(Path.GetDirectoryName(_host.Server.Files.DropIn)!, "00-a.conf");
        await File.WriteAllTextAsync(earlier, "AllowStreamLocalForwarding yes\n");

        await RefusedAsync(1, $"allowStreamLocalForwarding would be yes and not no: {earlier} line 1 is read first");
    }

    [Fact(Timeout = Patience)]
    public async Task A_program_that_others_may_write_is_refused_as_sshd_would()
    {
        File.SetUnixFileMode(_host.Server.Files.Sshfn, (UnixFileMode)0x1FD);

        await RefusedAsync(1, $"sshd would not run {_host.Server.Files.Sshfn}: {_host.Server.Files.Sshfn} can be written by others");
    }

    [Fact(Timeout = Patience)]
    public async Task A_host_certificate_that_does_not_come_undoes_everything_at_the_broker_too()
    {
        _host.Broker.On("POST", Routes.HostCertificates, _ => FakeAnswer.Problem(503, ProblemTypes.Unavailable, "The host CA is away."));
        string before = await _host.Server.Files.SnapshotAsync();

        ProcessRun run = (await _host.TryToEnrollAsync()).Expect(6);

        Assert.Contains("the host CA is away", run.Error, StringComparison.Ordinal);
        Assert.Contains($"the broker has forgotten host {FakeHosts.Id}", run.Error, StringComparison.Ordinal);
        Assert.False(_host.Hosts.IsEnrolled);
        Assert.Equal(before, await _host.Server.Files.SnapshotAsync());
        Assert.False(Directory.Exists(_host.Server.Files.Folder));
    }

    [Fact(Timeout = Patience)]
    public async Task A_list_of_another_key_is_refused_before_the_token_is_spent()
    {
        _host.Broker.On("GET", Routes.RevocationListSignature, _ => new FakeAnswer(200, "-----BEGIN SSH SIGNATURE-----\n"));

        await RefusedAsync(1, "the broker's revocation list was refused");
    }

    [Fact(Timeout = Patience)]
    public async Task A_token_is_never_taken_from_the_command_line_and_one_proof_is_enough()
    {
        ProcessRun none = (await _host.Server.HostAsync("enroll", null, ["--broker", _host.Broker.Address, .. _host.Server.Machine])).Expect(2);
        Assert.Contains("nothing proves that this machine may become a host", none.Error, StringComparison.Ordinal);
        (await _host.Server.HostAsync("enroll", null, ["--dry-run", "--broker", _host.Broker.Address, .. _host.Server.Machine])).Expect(2);
        (await _host.Server.HostAsync("enroll", FakeHosts.EnrollmentToken, ["--dry-run", "--token-stdin", .. _host.Server.Machine])).Expect(2);
        (await _host.TryToEnrollAsync("--identity", "azure")).Expect(2);
        (await _host.TryToEnrollAsync("--token", "x.y")).Expect(2);
        Assert.Empty(_host.Broker.Requests);
    }

    [Fact(Timeout = Patience)]
    public async Task A_token_that_is_used_up_is_said_to_need_a_new_one()
    {
        _host.Hosts.IsTokenUsed = true;
        ProcessRun refused = (await _host.TryToEnrollAsync()).Expect(3);
        Assert.Contains("sshfn host token RESOURCE", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("sshfn login", refused.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_configuration_without_an_include_gets_one_line_and_loses_it_again()
    {
        string config = _host.Server.Files.SshdConfig;
        string text = string.Join('\n', (await File.ReadAllTextAsync(config)).Split('\n').Where(line => !line.StartsWith("Include", StringComparison.Ordinal)));
        await File.WriteAllTextAsync(config, text);
        string before = await _host.Server.Files.SnapshotAsync();

        await _host.EnrollAsync();

        Assert.Equal($"Include {_host.Server.Files.DropIn}\n{text}", await File.ReadAllTextAsync(config));
        await _host.Server.UnenrollAsync();
        Assert.Equal(before, await _host.Server.Files.SnapshotAsync());
    }

    [Fact(Timeout = Patience)]
    public async Task A_file_that_somebody_changed_since_is_not_overwritten_unasked()
    {
        string before = await _host.Server.Files.SnapshotAsync();
        await _host.EnrollAsync();
        await File.AppendAllTextAsync(_host.Server.Files.PamService, "# mine\n");

        ProcessRun refused = (await _host.Server.HostAsync("unenroll")).Expect(5);

        Assert.Contains("+# mine\n", refused.Output, StringComparison.Ordinal);
        Assert.Contains("somebody changed it since", refused.Error, StringComparison.Ordinal);
        Assert.True(_host.Hosts.IsEnrolled);
        await _host.Server.UnenrollAsync("--force");
        Assert.Equal(before, await _host.Server.Files.SnapshotAsync());
    }

    private Task AppendAsync(string lines) => File.AppendAllTextAsync(_host.Server.Files.SshdConfig, lines + "\n");

    private async Task RefusedAsync(int exitCode, string complaint, params string[] options)
    {
        string before = await _host.Server.Files.SnapshotAsync();
        ProcessRun run = (await _host.TryToEnrollAsync(options)).Expect(exitCode);
        Assert.Contains(complaint, run.Error, StringComparison.Ordinal);
        Assert.False(_host.Hosts.IsTokenUsed);
        Assert.Equal(before, await _host.Server.Files.SnapshotAsync());
        Assert.False(Directory.Exists(_host.Server.Files.Folder));
    }
}
