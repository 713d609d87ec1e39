using System.Diagnostics;
using System.Globalization;
using SshFunctions.Api;
using SshFunctions.Interop.Tests.Host;
using SshFunctions.Support.Git;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Ssh;
using Xunit.Abstractions;

namespace SshFunctions.Interop.Tests.Access;

/// <summary>Access for a while on a real sshd: asked for, approved by two, used, ended.</summary>
public sealed class AccessRequestTests(ITestOutputHelper output)
{
    private const int Patience = 180_000;

    [Fact(Timeout = Patience)]
    public async Task A_request_clones_with_git_until_it_is_closed_and_its_live_session_is_gone()
    {
        await using RequestedServer requested = await RequestedServer.StartAsync();
        EnrolledServer server = requested.Server;
        string url = await requested.MakeRepositoryAsync();
        // The standing grant gives nothing, and the refusal says what does.
        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(() => server.ClientAsync("early", withCertificate: true));
        Assert.Contains("sshfn request open acme/production/web", refused.Message, StringComparison.Ordinal);

        string id = await requested.OpenAsync("--login", server.Sshd.Login, "--reason", "a look at the code", "--ticket", "OPS-17");
        ProcessRun own = await requested.Alice.RunAsync("request", "approve", id);
        Assert.Contains("nobody decides their own", own.Expect(1).Error, StringComparison.Ordinal);
        AccessRequestResponse active = await requested.ApproveAsync(id);
        TimeSpan waited = active.Activated!.Value - active.Approvals[1].At;
        output.WriteLine($"the access was given {waited.TotalMilliseconds:F0} ms after the last approval");
        Assert.True(waited < TimeSpan.FromSeconds(5), $"{waited}");

        (SshClient client, UserCertificateResponse? certificate, _) = await server.ClientAsync("id", withCertificate: true);
        var git = new GitClient(client.GitEnvironment);
        using var work = new Support.Files.TemporaryFolder();
        await git.DoAsync(work.Path, ["clone", "-q", url, "copy"]);
        Assert.True(File.Exists(work["copy/README.md"]));
        using BackgroundProgram agent = server.Sshd.StartAgent();
        using LiveConnection live = await client.OpenAsync(EnrolledServer.Alias);

        long began = Stopwatch.GetTimestamp();
        (await requested.Alice.RunAsync("request", "close", id, "--reason", "done")).Expect(0);
        await live.EndsAsync();
        output.WriteLine($"the live session was gone {Stopwatch.GetElapsedTime(began).TotalMilliseconds:F0} ms after the request was closed");

        Assert.Contains("Permission denied", (await client.RunAsync(EnrolledServer.Alias, ["true"])).Expect(255).Error, StringComparison.Ordinal);
        Assert.NotEqual(0, (await git.RunAsync(work.Path, ["clone", "-q", url, "again"])).ExitCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => server.ClientAsync("late", withCertificate: true));
        await StoryAsync(requested, id, certificate!.Serial);
    }

    [Fact(Timeout = Patience)]
    public async Task A_request_for_one_folder_gives_that_folder_alone_until_it_is_closed()
    {
        await using RequestedServer requested = await RequestedServer.StartAsync();
        EnrolledServer server = requested.Server;
        string url = await requested.MakeRepositoryAsync();
        string media = await requested.MakeFolderAsync("inside.txt");

        string id = await requested.OpenAsync("--login", server.Sshd.Login, "--sftp-folder", media, "--reason", "new pictures", "--for", "10m");
        await requested.ApproveAsync(id);
        (SshClient client, _, _) = await server.ClientAsync("id", withCertificate: true);

        Assert.Contains("inside.txt", (await client.SftpAsync(EnrolledServer.Alias, "ls\n")).Expect(0).Output, StringComparison.Ordinal);
        using var work = new Support.Files.TemporaryFolder();
        Assert.NotEqual(0, (await client.SftpAsync(EnrolledServer.Alias, $"get /etc/passwd {work["taken"]}\n")).ExitCode);
        Assert.False(File.Exists(work["taken"]));
        Assert.NotEqual(0, (await client.RunAsync(EnrolledServer.Alias, ["id"])).ExitCode);
        Assert.NotEqual(0, (await new GitClient(client.GitEnvironment).RunAsync(work.Path, ["clone", "-q", url, "copy"])).ExitCode);

        (await requested.Carol.RunAsync("request", "close", id, "--reason", "enough")).Expect(0);
        await server.RefreshAsync();
        (await client.SftpAsync(EnrolledServer.Alias, "ls\n")).Expect(255);
    }

    private static async Task StoryAsync(RequestedServer requested, string id, ulong serial)
    {
        ProcessRun run = (await requested.Carol.RunAsync("audit", "list", "--request", id)).Expect(0);
        string[] kinds = [.. run.Output.Split('\n').Skip(1).SelectMany(line => line.Split(' ').Where(word => word.Contains("access-request.", StringComparison.Ordinal) || word is "certificate.issued"))];
        Assert.Equal(
            ["access-request.closed", "certificate.issued", "access-request.activated", "access-request.approved", "access-request.approved", "access-request.opened"],
            kinds);
        Assert.Contains(serial.ToString(CultureInfo.InvariantCulture), run.Output, StringComparison.Ordinal);
        // Who may not know of the request may not read its story either.
        using var mallory = await requested.Server.Broker.AsPersonAsync("mallory");
        await Assert.ThrowsAsync<HttpRequestException>(() => mallory.GetAsync<AccessRequestResponse>($"{Routes.AccessRequests}/{id}"));
        await Assert.ThrowsAsync<HttpRequestException>(() => mallory.GetAsync<Page<JournalEntryResponse>>($"{Routes.Journal}?request={id}"));
    }
}
