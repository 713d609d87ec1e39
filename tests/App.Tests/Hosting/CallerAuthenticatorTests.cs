using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using SshFunctions.Api;
using SshFunctions.App.Hosting.Homes;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.App.Tests.Brokers;
using SshFunctions.Core.Callers;
using SshFunctions.Support.Files;

namespace SshFunctions.App.Tests.Hosting;

/// <summary>The domain's own tokens over sockets, with a clock that a test moves.</summary>
public sealed class CallerAuthenticatorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Refuses_a_token_from_the_second_at_which_it_expires_and_stores_nothing_for_it()
    {
        BrokerProfile profile = RunningBroker.OnLoopback with { DataDirectory = _folder["data"] };
        await using SelfHostedBroker domain = (await SelfHostedBroker.OpenAsync(profile, _clock, CancellationToken.None)).Value!;
        await using RunningBroker broker = await RunningBroker.StartAsync(profile, services =>
        {
            services.AddSingleton<TimeProvider>(_clock);
            domain.Register(services, profile);
        });
        string file = (await domain.BootstrapAsync(broker.Services, again: false, CancellationToken.None))!;
        SignIn((await File.ReadAllTextAsync(file)).TrimEnd());
        using HttpResponseMessage created = await broker.Http.PostAsJsonAsync(
            Routes.Tokens, new CreateAccessTokenRequest("for later", Subject: "alice"), ApiJson.Default.CreateAccessTokenRequest);
        using HttpResponseMessage granted = await broker.Http.PutAsJsonAsync(
            $"{Routes.Grants}/alice-admin", new GrantRequest("/", "admin", Subject: "alice"), ApiJson.Default.GrantRequest);
        Assert.Equal(HttpStatusCode.OK, granted.StatusCode);
        string later = (await created.Content.ReadFromJsonAsync(ApiJson.Default.CreatedAccessTokenResponse))!.Token;

        _clock.Advance(Bootstrap.TokenLife - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await PutAsync("before")).StatusCode);
        _clock.Advance(TimeSpan.FromSeconds(1));
        using HttpResponseMessage refused = await PutAsync("after");

        Problem problem = await refused.ProblemAsync(HttpStatusCode.Unauthorized);
        Assert.Equal(ProblemTypes.Unauthenticated, problem.Type);
        Assert.Contains("expired at 2030-01-02 00:00:00Z", problem.Detail, StringComparison.Ordinal);
        Assert.Contains("ask for a new token", problem.Fix, StringComparison.Ordinal);
        SignIn(later);
        string projects = await broker.Http.GetStringAsync(new Uri(Routes.Projects, UriKind.Relative));
        Assert.Contains("before", projects, StringComparison.Ordinal);
        Assert.DoesNotContain("after", projects, StringComparison.Ordinal);

        void SignIn(string token) => broker.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        Task<HttpResponseMessage> PutAsync(string project) => broker.Http.PutAsync(
            new Uri($"/api/projects/{project}", UriKind.Relative), new StringContent("{}", System.Text.Encoding.UTF8, "application/json"));
    }
}
