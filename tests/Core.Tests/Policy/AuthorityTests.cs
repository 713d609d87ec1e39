using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Tests.Policy;

public sealed class AuthorityTests
{
    private const int Patience = 60_000;

    [Theory(Timeout = Patience)]
    [InlineData(null, "")]
    [InlineData(Role.Auditor, "Read ReadJournal")]
    [InlineData(Role.Developer, "Read ReadJournal SwitchResource")]
    [InlineData(Role.Manager, "Read ReadJournal EditTree SwitchResource SwitchEnvironment EditGrants Revoke")]
    [InlineData(Role.Admin, "Read ReadJournal EditTree SwitchResource SwitchEnvironment EditGrants Revoke RevokeCa ManagePlainHosts ManageTokens Operate RotateKeys")]
    public async Task A_role_holds_its_own_rights_and_those_below(Role? role, string rights)
    {
        await using var broker = new Broker();
        var authority = new Authority(broker.Grants, broker.Clock);
        if (role is { } held) Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1", role: held), default));
        var allowed = new List<string>();
        foreach (Right right in Enum.GetValues<Right>())
        {
            Result<Role> result = await authority.RequireAsync(Broker.Alice, Broker.Web, right, default);
            if (result.Succeeded) allowed.Add(right.ToString());
            else Assert.NotNull(Broker.Refused<Refusal.Denied>(result.Refusal).Fix);
        }

        Assert.Equal(rights, string.Join(' ', allowed));
    }

    [Fact(Timeout = Patience)]
    public async Task A_role_holds_below_its_path_and_not_above_or_beside_it()
    {
        await using var broker = new Broker();
        var authority = new Authority(broker.Grants, broker.Clock);
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1", "acme/production", role: Role.Manager), default));
        Assert.Equal(Role.Manager, await RoleOnAsync(authority, "acme/production/web"));
        Assert.Equal(Role.Manager, await RoleOnAsync(authority, "acme/production"));
        Assert.Null(await RoleOnAsync(authority, "acme"));
        Assert.Null(await RoleOnAsync(authority, "acme/production2"));
        Assert.Null(await RoleOnAsync(authority, "/"));
    }

    [Fact(Timeout = Patience)]
    public async Task The_highest_role_in_force_counts()
    {
        await using var broker = new Broker();
        var authority = new Authority(broker.Grants, broker.Clock);
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1", role: Role.Auditor), default));
        Broker.Must(await broker.Grants.PutAsync(
            Broker.Admin, Broker.GrantOf("g2", "/", role: Role.Admin) with { NotAfter = broker.Now.AddMinutes(1) }, default));
        Assert.Equal(Role.Admin, await RoleOnAsync(authority, "acme/production/web"));
        broker.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Role.Auditor, await RoleOnAsync(authority, "acme/production/web"));
    }

    [Fact(Timeout = Patience)]
    public async Task The_broker_itself_is_admin_without_a_grant()
    {
        await using var broker = new Broker();
        var authority = new Authority(broker.Grants, broker.Clock);
        Assert.Equal(Role.Admin, await authority.FindRoleAsync(Caller.System, ResourcePath.Root, default));
        var impostor = new Caller(CallerKind.Person, Caller.System.Subject, []);
        Assert.Null(await authority.FindRoleAsync(impostor, ResourcePath.Root, default));
    }

    [Fact(Timeout = Patience)]
    public async Task A_path_with_a_grant_on_it_or_below_is_not_removed()
    {
        await using var broker = new Broker();
        var removal = new TreeRemoval(broker.Tree, broker.Grants, broker.Hosts, broker.Rules, broker.Requests);
        await broker.MakeWebAsync();
        Refusal.Conflict refusal = Broker.Refused<Refusal.Conflict>((await removal.RemoveAsync(Broker.Admin, Broker.Web, default)).Refusal);
        Assert.Contains("g1", refusal.Detail, StringComparison.Ordinal);
        Broker.Refused<Refusal.Conflict>((await removal.RemoveAsync(Broker.Admin, ResourcePath.Parse("acme"), default)).Refusal);
        Broker.Must(await broker.Revoker.RemoveGrantAsync(Broker.Admin, Broker.GrantOf("g1"), default));
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g2", "acme"), default));
        Broker.Must(await removal.RemoveAsync(Broker.Admin, Broker.Web, default));
        Broker.Refused<Refusal.NotFound>((await removal.RemoveAsync(Broker.Admin, Broker.Web, default)).Refusal);
    }

    private static Task<Role?> RoleOnAsync(Authority authority, string path) =>
        authority.FindRoleAsync(Broker.Alice, ResourcePath.Parse(path), default);
}
