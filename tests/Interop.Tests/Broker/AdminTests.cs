using System.Net;
using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;

namespace SshFunctions.Interop.Tests.Broker;

/// <summary>Who is an admin, how one comes to be, and how one stops being it.</summary>
public sealed class AdminTests : IDisposable
{
    private const int Patience = 120_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Patience)]
    public async Task Makes_a_new_admin_token_when_the_operator_says_that_every_other_is_lost()
    {
        string first;
        await using (var broker = await TestBroker.StartAsync(_folder))
        {
            first = broker.BootstrapToken;
            await broker.StopAsync();
        }

        await using var again = await TestBroker.StartAsync(_folder, ["--new-admin-token"]);

        Assert.NotEqual(first, again.BootstrapToken);
        CallerResponse caller = await again.Admin.GetAsync<CallerResponse>(Routes.Me);
        Assert.Equal("bootstrap", caller.Subject);
    }

    [Fact(Timeout = Patience)]
    public async Task Lets_a_revoked_admin_do_nothing_not_even_lift_its_own_revocation()
    {
        await using var broker = await TestBroker.StartAsync(_folder);
        BrokerApi bob = await broker.AsPersonAsync("bob");
        await broker.Admin.PutAsync<GrantRequest, GrantResponse>("/api/grants/bob-admin", new GrantRequest("/", "admin", Subject: "bob"));
        await broker.Admin.PostAsync<RevokeAccessRequest, RevokedResponse>(
            Routes.Revocations, new RevokeAccessRequest("laptop lost", Subject: "bob"));

        using HttpResponseMessage lifted = await bob.Http.DeleteAsync(new Uri("/api/revocations/subject:bob", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Forbidden, lifted.StatusCode);
        Assert.Contains("bob is revoked: laptop lost", await lifted.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using HttpResponseMessage byAdmin = await broker.Admin.Http.DeleteAsync(new Uri("/api/revocations/subject:bob", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, byAdmin.StatusCode);
        await bob.GetAsync<CallerResponse>(Routes.Me);
    }

    [Theory(Timeout = Patience)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Lets_nobody_register_or_revoke_a_key_of_the_broker_itself(int which)
    {
        await using var broker = await TestBroker.StartAsync(_folder);
        TrustBundleResponse trust = await broker.Admin.GetAsync<TrustBundleResponse>(Routes.TrustBundle);
        CaKey key = new[] { trust.UserCaKeys[0], trust.HostCaKeys[0], trust.JournalKeys[0] }[which];

        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(broker.Admin, Routes.Keys, $$"""{"name":"ca","publicKey":"{{key.PublicKey}}"}"""));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(broker.Admin, Routes.Revocations, $$"""{"reason":"x","key":"{{key.Fingerprint}}"}"""));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(broker.Admin, Routes.Revocations, $$"""{"reason":"x","key":"{{key.PublicKey}}"}"""));
        Assert.Empty(await broker.Admin.ListAsync<RevocationResponse>(Routes.Revocations));
    }

    [Fact(Timeout = Patience)]
    public async Task Lets_a_person_without_a_role_revoke_no_key_that_it_registered()
    {
        await using var broker = await TestBroker.StartAsync(_folder);
        BrokerApi nobody = await broker.AsPersonAsync("nobody");
        const string bobs = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINFzTo4DfRpiKXLNYHqoDCD3WBzuRPOcnvp0dBLu8vRv";
        Assert.Equal(HttpStatusCode.OK, await PostAsync(nobody, Routes.Keys, $$"""{"name":"bob's","publicKey":"{{bobs}}"}"""));

        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(nobody, Routes.Revocations, $$"""{"reason":"x","key":"{{bobs}}"}"""));
    }

    [Fact(Timeout = Patience)]
    public async Task Lets_a_manager_give_no_more_than_it_holds_and_make_no_plain_host()
    {
        await using var broker = await TestBroker.StartAsync(_folder);
        BrokerApi bob = await broker.AsPersonAsync("bob");
        await broker.Admin.PutResourceAsync("acme/production/web", new ResourceRequest([new HostAddress("web.example.com")], ["deploy"]));
        await broker.Admin.PutAsync<GrantRequest, GrantResponse>(
            "/api/grants/bob", new GrantRequest("acme", "manager", Subject: "bob", Logins: ["deploy"]));

        Assert.Equal(HttpStatusCode.Forbidden, await PutAsync(bob, "/api/grants/bob", """{"path":"acme","role":"manager","subject":"bob"}"""));
        Assert.Equal(HttpStatusCode.Forbidden, await PutAsync(bob, "/api/grants/more", """{"path":"acme","role":"developer","subject":"bob"}"""));
        Assert.Equal(
            HttpStatusCode.OK,
            await PutAsync(bob, "/api/grants/eve", """{"path":"acme","role":"developer","subject":"eve","logins":["deploy"]}"""));
        Assert.Equal(
            HttpStatusCode.Forbidden,
            await PutAsync(
                bob,
                "/api/projects/acme/environments/production/resources/plain",
                """{"hosts":[{"name":"plain.example.com"}],"logins":["root"],"profile":"plain-sshd"}"""));
    }

    [Fact(Timeout = Patience)]
    public async Task Keeps_protection_and_switches_when_a_change_does_not_name_them()
    {
        await using var broker = await TestBroker.StartAsync(_folder);
        await PutAsync(broker.Admin, "/api/projects/acme", """{"sshSwitch":"disabled"}""");
        await PutAsync(broker.Admin, "/api/projects/acme/environments/production", """{"protected":true,"sshSwitch":"disabled"}""");

        await PutAsync(broker.Admin, "/api/projects/acme", """{"description":"the shop"}""");
        await PutAsync(broker.Admin, "/api/projects/acme/environments/production", """{"description":"live"}""");

        Assert.Equal("disabled", (await broker.Admin.GetAsync<ProjectResponse>("/api/projects/acme")).SshSwitch);
        EnvironmentResponse kept = await broker.Admin.GetAsync<EnvironmentResponse>("/api/projects/acme/environments/production");
        Assert.Equal(("live", "disabled", true), (kept.Description, kept.SshSwitch, kept.Protected));
    }

    [Fact(Timeout = Patience)]
    public async Task Lets_a_manager_of_everything_revoke_no_admin_and_recovers_a_revoked_bootstrap()
    {
        await using (var broker = await TestBroker.StartAsync(_folder))
        {
            BrokerApi bob = await broker.AsPersonAsync("bob");
            await broker.Admin.PutAsync<GrantRequest, GrantResponse>("/api/grants/bob", new GrantRequest("/", "manager", Subject: "bob"));
            Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(bob, Routes.Revocations, """{"reason":"x","subject":"bootstrap"}"""));
            Assert.Equal(HttpStatusCode.OK, await PostAsync(broker.Admin, Routes.Revocations, """{"reason":"x","subject":"bootstrap"}"""));
            Assert.Equal(HttpStatusCode.Forbidden, await PutAsync(broker.Admin, "/api/projects/acme", "{}"));
            await broker.StopAsync();
        }

        await using var again = await TestBroker.StartAsync(_folder, ["--new-admin-token"]);

        Assert.Equal(HttpStatusCode.OK, await PutAsync(again.Admin, "/api/projects/acme", "{}"));
    }

    private static Task<HttpStatusCode> PostAsync(BrokerApi api, string path, string json) => SendAsync(api, HttpMethod.Post, path, json);

    private static Task<HttpStatusCode> PutAsync(BrokerApi api, string path, string json) => SendAsync(api, HttpMethod.Put, path, json);

    private static async Task<HttpStatusCode> SendAsync(BrokerApi api, HttpMethod method, string path, string json)
    {
        using HttpResponseMessage answer = await api.SendAsync(method, path, json);
        return answer.StatusCode;
    }
}
