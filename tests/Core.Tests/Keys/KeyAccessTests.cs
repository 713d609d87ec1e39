using SshFunctions.Core.Callers;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Tests.Keys;

public sealed class KeyAccessTests
{
    private const int Patience = 60_000;

    [Fact(Timeout = Patience)]
    public async Task A_key_of_a_holder_of_a_grant_enters_within_its_limits()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync(withGrant: false);
        Grant grant = Broker.GrantOf("g1") with
        {
            NotAfter = broker.Now.AddHours(2),
            SourceAddresses = [SourceRange.Parse("192.0.2.0/24")],
            Permissions = [Permission.Pty, Permission.PortForwarding],
            ForwardTargets = [HostAddress.Parse("127.0.0.1:5432")],
        };
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, grant, default));
        RegisteredKey key = await RegisterAsync(broker, broker.ClientKey, expires: broker.Now.AddHours(1));
        EnteringKey entering = Broker.Must(await FindAsync(broker));
        Assert.Equal((key, Broker.Deploy, grant.Id, key.Expires), (entering.Key, entering.Login, entering.Grant, entering.NotAfter));
        Assert.Equal(grant.Permissions.ToArray(), entering.Limits.Permissions.ToArray());
        Assert.Equal(grant.ForwardTargets?.ToArray(), entering.Limits.ForwardTargets?.ToArray());
        Assert.Equal(grant.SourceAddresses?.ToArray(), entering.Limits.SourceAddresses?.ToArray());
    }

    [Fact(Timeout = Patience)]
    public async Task A_key_of_a_group_enters_no_more_once_who_registered_it_is_revoked()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync(withGrant: false);
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1", holder: "group=ops"), default));
        Holder ops = Holder.Parse("group=ops");
        RegisteredKey key = Broker.Must(await broker.Keys.RegisterAsync(Broker.Alice, ops, "shared", broker.ClientKey, null, default));
        Assert.Equal(Broker.Alice.Subject, key.RegisteredBy);
        Broker.Must(await FindAsync(broker));

        Broker.Must(await broker.Revoker.RevokeSubjectAsync(Broker.Admin, Broker.Alice.Subject, "left", default));

        Assert.Contains("alice is revoked", Broker.Refused<Refusal.Denied>((await FindAsync(broker)).Refusal).Detail, StringComparison.Ordinal);
        Assert.Empty(Broker.Must(await broker.KeyAccess.ListAsync(Broker.Web, default)));
        Assert.Null(await broker.Keys.FindInForceAsync(broker.ClientKey.Fingerprint, default));
        Broker.Must(await broker.Revocations.LiftAsync(Broker.Admin, "subject:alice", default));
        Broker.Must(await FindAsync(broker));
    }

    [Fact]
    public void A_key_of_before_registrants_were_kept_is_its_owner_s()
    {
        var old = new RegisteredKey("id", Holder.Of(Broker.Alice.Subject), "n", "k", "f", default, null);
        Assert.Equal(Broker.Alice.Subject, old.Registrant);
        Assert.Null((old with { Owner = Holder.Parse("group=ops") }).Registrant);
    }

    [Theory(Timeout = Patience)]
    [InlineData("not registered", "not registered")]
    [InlineData("expired", "expired")]
    [InlineData("registered by a service", "by itself")]
    [InlineData("revoked", "is revoked")]
    [InlineData("subject revoked", "alice is revoked")]
    [InlineData("switched off", "SSH is disabled")]
    [InlineData("protected", "protected")]
    [InlineData("single use", "single use")]
    [InlineData("no grant", "anybody who holds a grant")]
    [InlineData("grant of another login", "does not allow login")]
    [InlineData("grant of a group alone", "anybody who holds a grant")]
    [InlineData("git host", "git host")]
    [InlineData("resource removed", "removed")]
    public async Task Refuses_with_the_reason_a_key_that_is(string what, string reason)
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync(withGrant: false);
        Grant grant = what switch
        {
            "single use" => Broker.GrantOf("g1") with { SingleUse = true },
            "grant of another login" => Broker.GrantOf("g1") with { Logins = [LoginRule.Parse("root")] },
            "grant of a group alone" => Broker.GrantOf("g1", holder: "group=ops"),
            _ => Broker.GrantOf("g1"),
        };
        Grant? held = what is "no grant" or "resource removed" ? null : Broker.Must(await broker.Grants.PutAsync(Broker.Admin, grant, default));
        Caller registrar = what == "registered by a service" ? Broker.Alice with { Kind = CallerKind.Service } : Broker.Alice with { Groups = [GroupName.Parse("ops")] };
        if (what != "not registered") await RegisterAsync(broker, broker.ClientKey, registrar, expires: broker.Now.AddHours(1));
        if (what == "expired") broker.Clock.Advance(TimeSpan.FromHours(1));
        if (what == "revoked") Broker.Must(await broker.Revoker.RevokeKeyAsync(Broker.Admin, broker.ClientKey.Fingerprint, "lost", default));
        if (what == "subject revoked") Broker.Must(await broker.Revoker.RevokeSubjectAsync(Broker.Admin, Broker.Alice.Subject, "left", default));
        if (what == "switched off") Broker.Must(await broker.Tree.PutProjectAsync(Broker.Admin, new Project(web.Path.Parent.Parent, "", SshSwitch.Disabled), default));
        if (what == "protected") Broker.Must(await broker.Tree.PutEnvironmentAsync(Broker.Admin, new ProjectEnvironment(web.Path.Parent, "", SshSwitch.Enabled, Protected: true), default));
        if (what == "git host") Broker.Must(await broker.Tree.PutResourceAsync(Broker.Admin, web with { Profile = CertificateProfileName.Gitea, Account = AccountTemplate.Parse("bot") }, default));
        if (what == "resource removed") Broker.Must(await broker.Tree.RemoveAsync(Broker.Admin, web.Path, default));
        Assert.Contains(reason, Broker.Refused<Refusal.Denied>((await FindAsync(broker)).Refusal).Detail, StringComparison.Ordinal);
        if (what != "resource removed") Assert.DoesNotContain(Broker.Must(await broker.KeyAccess.ListAsync(Broker.Web, default)), entry => entry.Login == Broker.Deploy);
        Assert.True(held is null || held.Id == grant.Id);
    }

    [Fact(Timeout = Patience)]
    public async Task A_key_of_a_group_enters_by_the_groups_grant()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync(withGrant: false);
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1", "acme", "group=ops"), default));
        await RegisterAsync(broker, broker.ClientKey, owner: "group=ops");
        Assert.Equal("group=ops", Broker.Must(await FindAsync(broker)).Key.Owner.ToString());
    }

    [Fact(Timeout = Patience)]
    public async Task Lists_every_key_that_may_enter_as_each_login_and_no_other()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        using SshPrivateKey second = SshPrivateKey.GenerateEcdsa(256);
        using SshPrivateKey third = SshPrivateKey.GenerateEcdsa(256);
        await RegisterAsync(broker, broker.ClientKey);
        await RegisterAsync(broker, second.PublicKey, owner: "group=ops");
        await RegisterAsync(broker, third.PublicKey, owner: "subject=bob");
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g2", "/", "group=ops") with { Logins = [LoginRule.Parse("root")] }, default));
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g3", "/", "subject=bob", Role.Auditor), default));
        IReadOnlyList<EnteringKey> listed = Broker.Must(await broker.KeyAccess.ListAsync(Broker.Web, default));
        Assert.Equal(
            ["deploy subject=alice", "root group=ops", "root subject=alice"], listed.Select(entry => $"{entry.Login} {entry.Key.Owner}"));
    }

    private static Task<Result<EnteringKey>> FindAsync(Broker broker) =>
        broker.KeyAccess.FindAsync(Broker.Web, Broker.Deploy, broker.ClientKey.Fingerprint, default);

    private static async Task<RegisteredKey> RegisterAsync(
        Broker broker, SshPublicKey key, Caller? caller = null, string owner = "subject=alice", DateTimeOffset? expires = null) =>
        Broker.Must(await broker.Keys.RegisterAsync(caller ?? Broker.Alice, Holder.Parse(owner), "laptop", key, expires, default));
}
