using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SshFunctions.Interop.Tests.Access;
using SshFunctions.Interop.Tests.Host;
using SshFunctions.Support.Files;
using SshFunctions.Support.Git;
using SshFunctions.Support.Outside;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Ssh;
using Xunit.Abstractions;

namespace SshFunctions.Interop.Tests.Tickets;

/// <summary>The whole story of a ticket on a real sshd: opened and closed by the ticket system alone, approved by two people, used by one.</summary>
public sealed class TicketToLoginTests(ITestOutputHelper output) : IDisposable
{
    private const int Patience = 240_000;

    // The broker lets one caller ask so many times a minute.
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Patience)]
    public async Task Tickets_give_a_folder_and_then_a_clone_until_they_are_closed_and_one_query_tells_each_story()
    {
        await using RequestedServer requested = await RequestedServer.StartAsync("--tickets", Sources());
        EnrolledServer server = requested.Server;
        string url = await requested.MakeRepositoryAsync();
        string media = await requested.MakeFolderAsync("inside.txt");
        using BackgroundProgram agent = server.Sshd.StartAgent();
        using var work = new TemporaryFolder();

        string pictures = await SendAsync(server, "open", "INC-1", media, "pending");
        await requested.ApproveAsync(pictures);
        (SshClient narrow, _, _) = await server.ClientAsync("narrow", withCertificate: true);
        Assert.Contains("inside.txt", (await narrow.SftpAsync(EnrolledServer.Alias, "ls\n")).Expect(0).Output, StringComparison.Ordinal);
        Assert.NotEqual(0, (await narrow.SftpAsync(EnrolledServer.Alias, $"get /etc/passwd {work["taken"]}\n")).ExitCode);
        Assert.NotEqual(0, (await CloneAsync(narrow, work, url, "not this way")).ExitCode);
        await SendAsync(server, "close", "INC-1", media, "closed");

        string code = await SendAsync(server, "open", "INC-2", "", "pending");
        await requested.ApproveAsync(code);
        (SshClient client, _, _) = await server.ClientAsync("client", withCertificate: true);
        (await CloneAsync(client, work, url, "copy")).Expect(0);
        Assert.True(File.Exists(work["copy/README.md"]));
        using LiveConnection live = await client.OpenAsync(EnrolledServer.Alias);
        long began = TimeProvider.System.GetTimestamp();
        await SendAsync(server, "close", "INC-2", "", "closed");
        await live.EndsAsync();
        output.WriteLine($"the live session was gone {TimeProvider.System.GetElapsedTime(began).TotalMilliseconds:F0} ms after the ticket was closed");

        (await narrow.SftpAsync(EnrolledServer.Alias, "ls\n")).Expect(255);
        Assert.Contains("Permission denied", (await client.RunAsync(EnrolledServer.Alias, ["true"])).Expect(255).Error, StringComparison.Ordinal);
        Assert.NotEqual(0, (await CloneAsync(client, work, url, "again")).ExitCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => server.ClientAsync("late", withCertificate: true));

        string[] begin = ["access-request.opened", "access-request.approved", "access-request.approved", "access-request.activated", "certificate.issued"];
        string[] end = ["access-request.closed", "access.revoked"];
        await TellsAsync(requested, pictures, [.. begin, "session.opened", "session.closed", .. end]);
        // The clone is over; the session that still lived is ended by the host.
        await TellsAsync(requested, code, [.. begin, "session.opened", "session.closed", "session.opened", .. end, "session.ended"]);
    }

    /// <summary>One query holds the whole story; what hosts tell comes when they tell it.</summary>
    private async Task TellsAsync(RequestedServer requested, string request, string[] story)
    {
        while (true)
        {
            await Task.Delay(PollInterval);
            ProcessRun run = (await requested.Carol.RunAsync("audit", "list", "--request", request, "--json")).Expect(0);
            using JsonDocument listed = JsonDocument.Parse(run.Output);
            string[] kinds = [.. listed.RootElement.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("event").GetString()!).Reverse()];
            if (story.All(kind => kinds.Count(told => told == kind) >= story.Count(wanted => wanted == kind)))
            {
                output.WriteLine(string.Join(' ', kinds));
                Assert.Equal(story.Where(kind => !kind.StartsWith("session.", StringComparison.Ordinal)), kinds.Where(kind => !kind.StartsWith("session.", StringComparison.Ordinal)));
                return;
            }
        }
    }

    private static Task<ProcessRun> CloneAsync(SshClient client, TemporaryFolder work, string url, string name) =>
        new GitClient(client.GitEnvironment).RunAsync(work.Path, ["clone", "-q", url, name]);

    /// <summary>What the ticket system posts; the request that it is about.</summary>
    private async Task<string> SendAsync(EnrolledServer server, string kind, string ticket, string folder, string state)
    {
        byte[] body = Encoding.UTF8.GetBytes($$"""
            {"event":"{{kind}}","number":"{{ticket}}","who":"{{EnrolledServer.Person}}","where":"{{EnrolledServer.Path}}",
             "account":"{{server.Sshd.Login}}","folder":"{{folder}}","hours":1,"why":"a new shop"}
            """);
        using HttpRequestMessage request = SignedWebhook.Request("desk", _secret, body, $"{ticket}-{kind}", TimeProvider.System.GetUtcNow());
        using HttpResponseMessage response = await server.Broker.Anonymous.Http.SendAsync(request);
        using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        Assert.True(response.IsSuccessStatusCode, answer.RootElement.ToString());
        Assert.Equal(state, answer.RootElement.GetProperty("state").GetString());
        return answer.RootElement.GetProperty("request").GetString()!;
    }

    private string Sources()
    {
        string secret = Keep("secret", SignedWebhook.SecretOf(_secret));
        return Keep("tickets.json", $$$$"""
            {"sources":[{"name":"desk","secretFile":"{{{{secret}}}}","mapping":{
            "event":{"from":"{/event}"},"reference":{"from":"{/number}"},"requester":{"from":"{/who}"},"path":{"from":"{/where}"},
            "logins":{"from":"{/account}"},"sftpFolder":{"from":"{/folder}"},"duration":{"from":"{/hours}h"},"reason":{"from":"{/why}"}}}]}
            """);
    }

    private string Keep(string name, string text)
    {
        string file = _folder.Write(name, text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }
}
