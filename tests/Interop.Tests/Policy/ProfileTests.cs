using SshFunctions.Api;
using SshFunctions.Interop.Tests.Broker;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;
using SshFunctions.Support.Ssh;
using SshFunctions.Support.Sshd;

namespace SshFunctions.Interop.Tests.Policy;

/// <summary>One identity, and for each kind of destination the certificate that it demands, before ssh-keygen and a stock sshd.</summary>
public sealed class ProfileTests : IDisposable
{
    private const int Patience = 120_000;
    private const string Host = "git.example.com";
    private const string Resource = "acme/production/git";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <remarks>What sshd is told to take stands for what the git host looks at; the demands are those of each host's own manual.</remarks>
    [Theory(Timeout = Patience)]
    [InlineData("sshd", "alice@example.com", "LOGIN@acme/production/git", "permit-pty")]
    [InlineData("plain-sshd", "alice@example.com", "LOGIN", "permit-pty")]
    [InlineData("github", "alice@example.com", "git:LOGIN@acme/production/git", "login@git.example.com")]
    [InlineData("gitlab", "ally", "git:LOGIN@acme/production/git", null)]
    [InlineData("gitea", "alice@example.com", "ally", null)]
    public async Task Is_what_its_destination_demands_and_a_stock_sshd_takes_it(string profile, string keyId, string principal, string? extension)
    {
        await using TestBroker broker = await TestBroker.StartAsync(_folder);
        string trusted = await broker.Anonymous.Http.GetStringAsync(new Uri(Routes.UserCaKeys, UriKind.Relative));
        await using TestSshd server = await TestSshd.StartAsync(
            new SshdSettings { TrustedUserCaKeys = trusted, Principals = new SshdPrincipals.FromCommand($"echo \"{principal.Replace("LOGIN", "$1", StringComparison.Ordinal)}\"") });
        await broker.Admin.PutResourceAsync(Resource, new ResourceRequest([new HostAddress(Host, server.Port)], [server.Login], profile));
        await broker.Admin.GrantAsync("alice", "alice@example.com", Resource);
        UserCertificateResponse minted = await MintAsync(broker, server.Login);

        string path = _folder.Write("minted-cert.pub", minted.Certificate + "\n");
        string printed = (await Keygen.SshKeygen.RunAsync(_folder, "-L", "-f", path)).Expect(0).Output;
        Assert.Contains($"Key ID: \"{keyId}\"", printed, StringComparison.Ordinal);
        Assert.Equal([principal.Replace("LOGIN", server.Login, StringComparison.Ordinal)], minted.Principals);
        Assert.Contains(extension ?? "Extensions: (none)", printed, StringComparison.Ordinal);
        Assert.Contains("Critical Options: (none)", printed, StringComparison.Ordinal);
        SshClient client = SshClientConfiguration.With(server, Host, _folder["alice"], path, _folder);
        Assert.Equal(server.Login, (await client.RunAsync(Host, ["id", "-un"])).Expect(0).Output.Trim());
    }

    [Fact(Timeout = Patience)]
    public async Task A_grant_for_one_folder_gives_that_folder_and_nothing_else()
    {
        await using TestBroker broker = await TestBroker.StartAsync(_folder);
        string trusted = await broker.Anonymous.Http.GetStringAsync(new Uri(Routes.UserCaKeys, UriKind.Relative));
        await using TestSshd server = await TestSshd.StartAsync(new SshdSettings
        {
            TrustedUserCaKeys = trusted,
            Principals = new SshdPrincipals.FromProgram($"/usr/bin/env {ProductProgram.Sshfn.Path} host principals {Resource} %u %k"),
            FurtherConfiguration = $"SetEnv PATH={Path.GetDirectoryName(ProductProgram.Sshfn.Path)}:/usr/bin:/bin",
        });
        string media = Path.Combine(server.Files, "media");
        Directory.CreateDirectory(media);
        await File.WriteAllTextAsync(Path.Combine(media, "inside.txt"), "inside");
        await File.WriteAllTextAsync(Path.Combine(server.Files, "outside.txt"), "outside");
        await server.OwnFilesAsync();
        await broker.Admin.PutResourceAsync(Resource, new ResourceRequest([new HostAddress(Host, server.Port)], [server.Login]));
        await broker.Admin.PutAsync<GrantRequest, GrantResponse>(
            $"{Routes.Grants}/media",
            new GrantRequest(Resource, "developer", Subject: "alice@example.com", Permissions: ["pty", "port-forwarding", "agent-forwarding"], SftpFolder: media));
        UserCertificateResponse minted = await MintAsync(broker, server.Login);
        SshClient client = SshClientConfiguration.With(server, Host, _folder["alice"], _folder.Write("minted-cert.pub", minted.Certificate + "\n"), _folder);

        Assert.Contains("inside.txt", (await client.SftpAsync(Host, "ls\n")).Expect(0).Output, StringComparison.Ordinal);
        string taken = _folder["taken"];
        Assert.NotEqual(0, (await client.SftpAsync(Host, $"get ../outside.txt {taken}\n")).ExitCode);
        Assert.NotEqual(0, (await client.SftpAsync(Host, $"get /etc/passwd {taken}\n")).ExitCode);
        Assert.False(File.Exists(taken));
        ProcessRun shell = await client.RunAsync(Host, ["id"]);
        Assert.NotEqual(0, shell.ExitCode);
        Assert.DoesNotContain("uid=", shell.Output, StringComparison.Ordinal);
        Assert.NotEqual(0, (await client.SshAsync(["-W", $"127.0.0.1:{server.Port}", Host])).ExitCode);
    }

    private async Task<UserCertificateResponse> MintAsync(TestBroker broker, string login)
    {
        CreatedAccessTokenResponse token = await broker.Admin.PostAsync<CreateAccessTokenRequest, CreatedAccessTokenResponse>(
            Routes.Tokens, new CreateAccessTokenRequest("test", Subject: "alice@example.com", UserName: "ally"));
        return await broker.As(token.Token).IssueAsync(await KeyKind.All["ed25519"].MakeAsync(_folder["alice"]), Resource, login);
    }
}
