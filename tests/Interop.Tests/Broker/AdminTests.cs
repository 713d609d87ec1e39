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
}
