using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SshFunctions.App.Queue;
using SshFunctions.App.Timer;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Passcodes;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;
using SshFunctions.Core.Rotation;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Signers;
using SshFunctions.Support.Store;
using SshFunctions.Support.Time;

namespace SshFunctions.App.Tests.Queue;

public sealed class ProvisionAccessTests
{
    private const int Patience = 60_000;
    private static readonly ResourcePath Path = ResourcePath.Parse("acme");

    [Fact(Timeout = Patience)]
    public async Task Makes_one_grant_however_often_the_message_comes()
    {
        var store = new InMemoryStore();
        await using ServiceProvider services = ServicesOf(store, new ManualClock());
        AccessRequest approved = await ApproveAsync(services);
        for (int told = 0; told < 3; told++) await new ProvisionAccess().HandleAsync(services, MessageOf(approved), default);

        AccessRequest active = (await services.GetRequiredService<AccessRequests>().FindAsync(approved.Id, default))!;
        Assert.Equal(AccessRequestState.Active, active.State);
        Grant grant = Assert.Single(await services.GetRequiredService<GrantRegistry>().ListOnAsync(Path, default).ToArrayAsync());
        Assert.Equal(active.Grant!.Id, grant.Id);
    }

    [Fact(Timeout = Patience)]
    public async Task Shows_on_the_request_that_its_message_was_given_up_and_the_timer_gives_it_all_the_same()
    {
        var store = new InMemoryStore();
        await using ServiceProvider services = ServicesOf(store, new ManualClock());
        AccessRequest approved = await ApproveAsync(services);
        store.FailNextCommit();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => new ProvisionAccess().HandleAsync(services, MessageOf(approved), default));
        await new ProvisionAccess().PutAsideAsync(services, MessageOf(approved), default);
        AccessRequests requests = services.GetRequiredService<AccessRequests>();
        Assert.Contains("failed again and again", (await requests.FindAsync(approved.Id, default))!.Failure, StringComparison.Ordinal);

        await new ExpireAccess().HandleAsync(services, default);

        AccessRequest active = (await requests.FindAsync(approved.Id, default))!;
        Assert.Equal((AccessRequestState.Active, null), (active.State, active.Failure));
    }

    [Theory(Timeout = Patience)]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"request":7}""")]
    [InlineData("""{"request":"none"}""")]
    public async Task A_message_that_names_no_request_is_tried_again_and_put_aside_without_harm(string message)
    {
        await using ServiceProvider services = ServicesOf(new InMemoryStore(), new ManualClock());
        byte[] body = Encoding.UTF8.GetBytes(message);
        await Assert.ThrowsAsync<FormatException>(() => new ProvisionAccess().HandleAsync(services, body, default));
        await new ProvisionAccess().PutAsideAsync(services, body, default);
    }

    private static byte[] MessageOf(AccessRequest request) => Encoding.UTF8.GetBytes($$"""{"request":"{{request.Id}}"}""");

    private static async Task<AccessRequest> ApproveAsync(ServiceProvider services)
    {
        ResourceTree tree = services.GetRequiredService<ResourceTree>();
        Assert.True((await tree.PutProjectAsync(Caller.System, new Project(Path, "", SshSwitch.Enabled), default)).Succeeded);
        AccessRule rule = AccessRule.Default(Path) with { AutoApproval = new AutoApproval([Holder.Parse("subject=alice")], [], null) };
        Assert.True((await services.GetRequiredService<AccessRuleRegistry>().PutAsync(Caller.System, rule, default)).Succeeded);
        var order = new AccessRequestOrder(Path, Subject.Parse("alice"), null, null, null, [], TimeSpan.FromHours(1), "work");
        Core.Result<AccessRequest> opened = await services.GetRequiredService<AccessRequests>().OpenAsync(new Caller(CallerKind.Person, order.Requester, []), order, default);
        Assert.Equal(AccessRequestState.Approved, opened.Value?.State);
        return opened.Value!;
    }

    private static ServiceProvider ServicesOf(InMemoryStore store, ManualClock clock)
    {
        SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        return new ServiceCollection()
            .AddSingleton<IStore>(store)
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(key)
            .AddSingleton<ISigningKeys>(new FixedSigningKeys(new InMemoryCertificateSigner(key), new InMemoryCertificateSigner(key), new InMemoryStatementSigner(key), clock))
            .AddSingleton(provider => new JournalWriter(store, clock, "one", "1.0"))
            .AddSingleton<JournalReader>()
            .AddSingleton<ResourceTree>()
            .AddSingleton<GrantRegistry>()
            .AddSingleton<Authority>()
            .AddSingleton(provider => new RevocationRegistry(store, provider.GetRequiredService<JournalWriter>(), clock))
            .AddSingleton<KeyRegistry>()
            .AddSingleton<HostRegistry>()
            .AddSingleton<SharedHostKeys>()
            .AddSingleton<AccessEvaluator>()
            .AddSingleton<PasscodeRegistry>()
            .AddSingleton(provider => new AccessRevoker(
                provider.GetRequiredService<RevocationRegistry>(), provider.GetRequiredService<GrantRegistry>(), provider.GetRequiredService<PasscodeRegistry>(),
                provider.GetRequiredService<JournalReader>(), TimeSpan.FromHours(1), clock))
            .AddSingleton<RevocationListPublisher>()
            .AddSingleton<RevocationPublication>()
            .AddSingleton<AccessRuleRegistry>()
            .AddSingleton<AccessApprovers>()
            .AddSingleton<AttachedKeys>()
            .AddSingleton<AccessRequests>()
            .BuildServiceProvider();
    }
}
