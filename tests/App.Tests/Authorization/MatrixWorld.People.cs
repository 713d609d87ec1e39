using SshFunctions.Api;
using SshFunctions.Support.Broker;

namespace SshFunctions.App.Tests.Authorization;

/// <content>The callers.</content>
public sealed partial class MatrixWorld
{
    private static readonly string[] Roles = ["auditor", "developer", "manager", "admin"];

    private async Task MakeProjectAsync(string p)
    {
        foreach ((string name, int port, string login) in new[] { ("web", 22, "deploy"), ("db", 22, "deploy"), ("git", 443, "git") })
            await Root.PutResourceAsync($"{p}/production/{name}", new ResourceRequest([new Api.HostAddress($"{name}.{p}.example.com", port)], [login]));
        foreach (string role in Roles) Callers.Add(await MakePersonAsync(p, role));
        await MakeGitServerAsync(p);
        await MakeHostsAsync(p);
        await PutGrantAsync($"once-{p}", new GrantRequest($"{p}/production/web", "developer", Subject: $"once@{p}", SingleUse: true));
        await RegisterKeyAsync(p);
        await MakeTokenAsync(p);
        await MakeGrantAsync(p);
        await MakeRuleAsync(p);
        await IssueAsync(p);
        await IssueOnceAsync(p);
        await MintPasscodeAsync(p);
        await MakeGitPasswordAsync(p);
        await OpenRequestAsync(p);
        await MakeEnrollmentTokenAsync(p);
    }

    /// <summary>The developer owns what a person can own.</summary>
    private async Task<MatrixCaller> MakePersonAsync(string p, string role)
    {
        await PutGrantAsync($"{role}-{p}", new GrantRequest(p, role, Subject: $"{role}@{p}"));
        BrokerApi api = As(await Root.CreateTokenAsync($"{role}@{p}"));
        bool owns = role == "developer";
        if (owns)
        {
            _owners[p] = api;
            Name(p, "owner", $"{role}@{p}");
            Name(p, "publicKey", NewKey());
        }

        return new MatrixCaller($"{role} of {p}", api) { Project = p, Role = Array.IndexOf(Roles, role) + 1, IsOwner = owns };
    }

    private async Task MakeGitServerAsync(string p)
    {
        await PutGrantAsync($"git-{p}", new GrantRequest(p, "auditor", Subject: $"git@{p}"));
        CreatedAccessTokenResponse token = await Root.PostAsync<CreateAccessTokenRequest, CreatedAccessTokenResponse>(
            Routes.Tokens, new CreateAccessTokenRequest("git", "service", $"git@{p}"));
        Callers.Add(new MatrixCaller($"git server of {p}", As(token.Token)) { Project = p, Role = 1, IsService = true });
    }

    private async Task MakeHostsAsync(string p)
    {
        string key = NewKey();
        EnrolledHostResponse web = await EnrollAsync($"{p}/production/web", key);
        Name(p, "host", web.Host.Id);
        Name(p, "hostKey", key);
        Callers.Add(new MatrixCaller($"host web of {p}", As(web.Token)) { Project = p, IsHost = true, IsTheHost = true });
        using HttpResponseMessage reported = await As(web.Token).SendAsync(HttpMethod.Post, $"/api/hosts/{web.Host.Id}/report", Report);
        Assert.Equal(200, (int)reported.StatusCode);
        EnrolledHostResponse db = await EnrollAsync($"{p}/production/db", NewKey());
        Callers.Add(new MatrixCaller($"host db of {p}", As(db.Token)) { Project = p, IsHost = true });
        await EnrollSpareAsync(p);
    }

    private async Task MakeStrangersAsync()
    {
        Callers.Add(new MatrixCaller("a person without grants", As(await Root.CreateTokenAsync("stranger@example.com"))));
        string token = await Root.CreateTokenAsync($"admin@{Projects[0]}");
        ShutOut("nobody", null);
        ShutOut("a token of no form", "garbage");
        ShutOut("an unknown token", $"aaaaaaaaaaaaaaaa.{token.Split('.')[1]}");
        ShutOut("a wrong secret", $"{token[..^1]}{Other(token[^1])}");
        ShutOut("a web token that nobody issued", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbkBhdXJ1bSJ9.");
        ShutOut("a token of an admin that ended", await EndedAsync(token));
        ShutOut("a token of an admin that was removed", await RemovedAsync());
        ShutOut("a token of an admin for other addresses", await ElsewhereAsync());
        await PutGrantAsync("revoked", new GrantRequest("/", "admin", Subject: "revoked@example.com"));
        ShutOut("an admin who was revoked", await Root.CreateTokenAsync("revoked@example.com"), 403);
        await Root.PostAsync<RevokeAccessRequest, RevokedResponse>(Routes.Revocations, new RevokeAccessRequest("left", Subject: "revoked@example.com"));
    }

    private void ShutOut(string name, string? token, int status = 401) => Callers.Add(new MatrixCaller(name, As(token)) { ShutOut = status });

    private async Task<string> EndedAsync(string token)
    {
        await Root.PostAsync<RotateAccessTokenRequest, CreatedAccessTokenResponse>($"/api/tokens/{token.Split('.')[0]}/rotate", new RotateAccessTokenRequest(OverlapSeconds: 0));
        return token;
    }

    private async Task<string> RemovedAsync()
    {
        string token = await Root.CreateTokenAsync($"admin@{Projects[0]}");
        using HttpResponseMessage removed = await Root.SendAsync(HttpMethod.Delete, $"/api/tokens/{token.Split('.')[0]}");
        Assert.Equal(204, (int)removed.StatusCode);
        return token;
    }

    private async Task<string> ElsewhereAsync() => (await Root.PostAsync<CreateAccessTokenRequest, CreatedAccessTokenResponse>(
        Routes.Tokens, new CreateAccessTokenRequest("elsewhere", Subject: $"admin@{Projects[0]}", SourceAddresses: ["192.0.2.0/24"]))).Token;
}
