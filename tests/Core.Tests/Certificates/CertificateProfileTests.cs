using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Ssh.Certificates;

namespace SshFunctions.Core.Tests.Certificates;

/// <summary>Golden content of a certificate for each kind of destination.</summary>
public sealed class CertificateProfileTests
{
    private const int Patience = 60_000;
    private static readonly Caller Ally = Broker.Alice with { UserName = Login.Parse("ally") };

    [Fact(Timeout = Patience)]
    public async Task Sshd_gets_login_at_path() => await ExpectAsync(
        resource => resource, grant => grant, "alice", "deploy@acme/production/web", "", "permit-pty=");

    [Fact(Timeout = Patience)]
    public async Task Plain_sshd_gets_the_bare_login() => await ExpectAsync(
        resource => resource with { Profile = CertificateProfileName.PlainSshd }, grant => grant, "alice", "deploy", "", "permit-pty=");

    [Fact(Timeout = Patience)]
    public async Task GitHub_gets_the_account_in_an_extension_and_a_principal_that_no_other_host_takes() => await ExpectAsync(
        resource => resource with { Profile = CertificateProfileName.GitHub, Account = AccountTemplate.Parse("{user}_corp") },
        grant => grant with { Permissions = [Permission.Pty, Permission.PortForwarding] },
        "alice",
        "git:deploy@acme/production/web",
        "",
        "login@web.example.com=ally_corp");

    [Fact(Timeout = Patience)]
    public async Task GitLab_gets_the_account_as_key_id() => await ExpectAsync(
        resource => resource with { Profile = CertificateProfileName.GitLab }, grant => grant, "ally", "git:deploy@acme/production/web", "", "");

    [Fact(Timeout = Patience)]
    public async Task Gitea_gets_the_account_as_principal() => await ExpectAsync(
        resource => resource with { Profile = CertificateProfileName.Gitea }, grant => grant, "alice", "ally", "", "");

    [Fact(Timeout = Patience)]
    public async Task Forward_targets_stand_in_an_extension_and_make_the_principal_one_that_only_an_enforcing_host_takes() => await ExpectAsync(
        resource => resource with { Services = [new("database", HostAddress.Parse("127.0.0.1:5432")), new("six", HostAddress.Parse("[::1]:6379"))] },
        grant => grant with { Permissions = [Permission.PortForwarding] },
        "alice",
        "limited:deploy@acme/production/web",
        "",
        "forward-targets@sshfunctions=127.0.0.1:5432,[::1]:6379 permit-port-forwarding=");

    [Fact(Timeout = Patience)]
    public async Task A_folder_is_a_forced_command_and_nothing_else_is_permitted() => await ExpectAsync(
        resource => resource,
        grant => grant with { SftpFolder = SftpFolder.Parse("pub/media"), SourceAddresses = [SourceRange.Parse("10.0.0.0/8")] },
        "alice",
        "deploy@acme/production/web",
        "force-command=sshfn host sftp pub/media source-address=10.0.0.0/8",
        "");

    [Fact(Timeout = Patience)]
    public async Task A_forced_login_command_stands_in_the_certificate() => await ExpectAsync(
        resource => resource with { LoginCommand = ForcedCommand.Parse("bin/enter --app"), ForceLoginCommand = true },
        grant => grant,
        "alice",
        "deploy@acme/production/web",
        "force-command=bin/enter --app",
        "permit-pty=");

    private static async Task ExpectAsync(
        Func<Resource, Resource> resource, Func<Grant, Grant> grant, string keyId, string principal, string critical, string extensions)
    {
        await using var broker = new Broker();
        await broker.MakeEnvironmentAsync();
        Resource web = Broker.Must(await broker.Tree.PutResourceAsync(Broker.Admin, resource(Broker.ResourceOf(hosts: "web.example.com")), default));
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, grant(Broker.GrantOf("g1")), default));
        CertificateContent content = Broker.Must(await broker.IssueAsync(web, Ally)).Certificate.Content;
        Assert.Equal(keyId, content.KeyId);
        Assert.Equal([principal], content.ValidPrincipals.ToArray());
        Assert.Equal(critical, Text(content.CriticalOptions));
        Assert.Equal(extensions, Text(content.Extensions));
    }

    private static string Text(IEnumerable<CertificateOption> options) =>
        string.Join(' ', options.Select(option => $"{option.Name}={(option.TryGetValue(out string? value) ? value : "")}"));
}
