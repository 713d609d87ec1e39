using SshFunctions.Api;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;
using SshFunctions.Support.OpenId;

namespace SshFunctions.Benchmarks.Requests;

/// <summary>Who asks, and for what: one resource with an enrolled host, a group that may enter it, and an issuer of tokens.</summary>
/// <param name="Token">An access token of one of the group.</param>
/// <param name="HostToken">Of the enrolled host.</param>
/// <param name="Crew">Access tokens of many of the group, each of a subject of its own.</param>
/// <param name="Identities">The broker's file of issuers.</param>
internal sealed record RequestScene(string Token, string HostToken, IReadOnlyList<string> Crew, string Identities)
{
    public const string Resource = "acme/production/web";
    public const string Login = "deploy";
    private const string Group = "crew";
    private const int CrewCount = 600;

    /// <summary>Sets it up in a data directory with a broker that ends before this returns.</summary>
    public static async Task<RequestScene> MakeAsync(TemporaryFolder folder, SigningIssuer issuer)
    {
        await using TestBroker broker = await TestBroker.StartAsync(folder);
        await broker.Admin.PutResourceAsync(Resource, new ResourceRequest([new HostAddress("web.example.com")], [Login], "sshd"));
        await broker.Admin.PutAsync<GrantRequest, GrantResponse>($"{Routes.Grants}/crew", new GrantRequest(Resource, "developer", Group: Group));
        await broker.Admin.GrantAsync("alice", "alice", Resource);
        string[] crew = new string[CrewCount];
        for (int number = 0; number < CrewCount; number++) crew[number] = await TokenAsync(broker.Admin, $"crew-{number}");
        string identities = folder.Write("identities.json", $$"""
            {"issuers":[{"name":"bench","issuer":"{{issuer.Issuer}}","audiences":["sshfn"],"algorithms":["ES256"],"kind":"service",
              "subject":"{sub}","conditions":{"sub":["alice"]} }]}
            """);
        var scene = new RequestScene(await broker.Admin.CreateTokenAsync("alice"), await EnrollAsync(broker.Admin), crew, identities);
        await broker.StopAsync();
        return scene;
    }

    private static async Task<string> TokenAsync(BrokerApi admin, string subject) => (await admin.PostAsync<CreateAccessTokenRequest, CreatedAccessTokenResponse>(
        Routes.Tokens, new CreateAccessTokenRequest("bench", Subject: subject, Groups: [Group]))).Token;

    /// <summary>A host that takes passcodes, as its sshfn would say.</summary>
    private static async Task<string> EnrollAsync(BrokerApi admin)
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        CreatedEnrollmentTokenResponse token = await admin.PostAsync<CreateEnrollmentTokenRequest, CreatedEnrollmentTokenResponse>(
            Routes.EnrollmentTokens, new CreateEnrollmentTokenRequest(Resource));
        EnrolledHostResponse enrolled = await admin.PostAsync<EnrollHostRequest, EnrolledHostResponse>(
            Routes.Hosts, new EnrollHostRequest([key.PublicKey.ToText()], "9.2", "web", token.Token));
        using var host = new BrokerApi(admin.Http.BaseAddress!, enrolled.Token);
        TrustBundleResponse bundle = await admin.GetAsync<TrustBundleResponse>(Routes.TrustBundle);
        await host.PostAsync<ReportHostRequest, HostResponse>(
            $"{Routes.Hosts}/{enrolled.Host.Id}/report", new ReportHostRequest(bundle.Version, 0, "9.2", "0.1.0", [], Passcodes: true));
        return enrolled.Token;
    }
}
