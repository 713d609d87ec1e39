using SshFunctions.Core.Callers;
using SshFunctions.Core.GitPasswords;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Passcodes;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Tests.Faults;

/// <summary>Everything that a broker is asked to do and that changes something. Access requests and rotations have models of their own.</summary>
internal static class Deeds
{
    private static readonly Subject Mallory = Subject.Parse("mallory");

    public static IReadOnlyList<Deed> All { get; } =
    [
        new("mint a certificate", async (broker, scene) => Released(await broker.IssueAsync(scene.Web), scene, issued => issued.Certificate.Content.Serial), AlwaysAsync),
        new("mint a host certificate", async (broker, scene) => Released(
            await broker.HostCertificates.IssueAsync(scene.HostCaller, (await broker.Hosts.FindAsync(scene.Host.Id, default))!, scene.HostKey, default),
            scene,
            certificate => certificate.Content.Serial), AlwaysAsync),
        new("mint a passcode", async (broker, scene) =>
        {
            Result<MintedPasscode> minted = await scene.MintPasscodeAsync(broker);
            if (minted.Value is { } told) scene.Told.Enqueue(("", told.Secret));
            return Released(minted, scene, code => code.Passcode.Serial);
        }, (broker, scene) => AllCountAsync(scene, async (_, code) => (await scene.RedeemAsync(broker, code)).Succeeded)),
        new("mint a git password", async (broker, scene) =>
        {
            Result<MintedGitPassword> minted = await broker.GitPasswords.MintAsync(Broker.Alice, scene.Web, Broker.Deploy, null, default);
            if (minted.Value is { } told) scene.Told.Enqueue((told.Password.Id, told.Secret));
            return minted.Refusal;
        }, (broker, scene) => AllCountAsync(
            scene, async (id, password) => (await broker.GitPasswords.CheckAsync(scene.Web.Path, Broker.Deploy.Text, id, password, null, default)).Succeeded)),
        new("redeem a passcode", async (broker, scene) => (await scene.RedeemAsync(broker)).Refusal, AlwaysAsync) { IsOnce = true },
        new("enroll a host", async (broker, scene) =>
        {
            Result<AdmittedHost> admitted = await broker.Enrollment.EnrollAsync(scene.EnrollmentToken, new HostOrder([scene.Key], "9.2", "web-2"), default);
            admitted.Value?.Token.Secret.Dispose();
            return admitted.Refusal;
        }, async (broker, _) => await broker.Hosts.ListAsync(Broker.Web, null, default).AnyAsync(host => host.Name == "web-2")) { IsOnce = true },
        // The same connection may ask again: a lost answer must not shut it out.
        new("spend a certificate", async (broker, scene) => (await broker.Spent.SpendAsync(scene.HostCaller, scene.Host, scene.Certificate, Broker.Deploy, "s1", default)).Refusal,
            async (broker, scene) => !(await broker.Spent.SpendAsync(scene.HostCaller, scene.Host, scene.Certificate, Broker.Deploy, "another", default)).Succeeded),
        new("register a key", async (broker, scene) => (await broker.Keys.RegisterAsync(Broker.Alice, Holder.Of(Broker.Alice.Subject), "laptop", scene.Key, null, default)).Refusal,
            async (broker, scene) => await broker.Keys.FindInForceAsync(scene.Key.Fingerprint, default) is not null),
        new("revoke a subject", async (broker, _) => (await broker.Revoker.RevokeSubjectAsync(Broker.Admin, Mallory, "gone", default)).Refusal,
            async (broker, _) => await broker.Revocations.FindSubjectAsync(Mallory, default) is not null),
        new("create a token", async (broker, _) =>
        {
            Result<CreatedAccessToken> created = await broker.Tokens.CreateAsync(Broker.Admin, Scene.TokenOrder with { Name = "second" }, default);
            created.Value?.Secret.Dispose();
            return created.Refusal;
        }, async (broker, _) => await broker.Tokens.ListAsync(Scene.TokenOrder.Subject, null, default).AnyAsync(token => token.Name == "second")),
        new("remove a token", async (broker, scene) => (await broker.Tokens.RemoveAsync(Broker.Admin, scene.Token, default)).Refusal,
            async (broker, scene) => await broker.Tokens.FindAsync(scene.Token.Id, default) is null) { MayBeThere = true },
        new("create an enrollment token", async (broker, scene) =>
        {
            Result<CreatedEnrollmentToken> created = await broker.EnrollmentTokens.CreateAsync(Broker.Admin, new HostPlace(scene.Web.Path, null), null, default);
            created.Value?.Secret.Dispose();
            return created.Refusal;
        }, async (broker, scene) => await broker.EnrollmentTokens.ListAsync(null, default).CountAsync(token => token.Host is null) >= 2),
        new("put a grant", async (broker, _) => (await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g2", holder: "subject=carol"), default)).Refusal,
            async (broker, _) => await broker.Grants.FindAsync(GrantId.Parse("g2"), default) is not null
                && await broker.Grants.ListBelowAsync(ResourcePath.Root, null, default).AnyAsync(grant => grant.Id.Text == "g2")),
        new("remove a grant", async (broker, _) => await broker.Grants.FindAsync(GrantId.Parse("g1"), default) is { } grant
                ? (await broker.Revoker.RemoveGrantAsync(Broker.Admin, grant, default)).Refusal
                : new Refusal.NotFound("it is gone"),
            async (broker, scene) => await broker.Grants.FindAsync(GrantId.Parse("g1"), default) is null && !(await broker.IssueAsync(scene.Web)).Succeeded) { MayBeThere = true },
        new("revoke a grant", async (broker, _) => await broker.Grants.FindAsync(GrantId.Parse("g1"), default) is { } grant
                ? (await broker.Revoker.RevokeGrantAsync(Broker.Admin, grant, "over", default)).Refusal
                : new Refusal.NotFound("it is gone"),
            async (broker, _) =>
            {
                broker.Clock.Advance(TimeSpan.FromMinutes(1));
                await broker.Revoker.FinishRemovalsAsync(default);
                return await broker.Grants.FindAsync(GrantId.Parse("g1"), default) is null && await AllRevokedAsync(broker, "g1");
            }) { MayBeThere = true },
        new("switch SSH off", async (broker, _) => (await broker.Tree.SetSwitchAsync(Broker.Admin, Broker.Web.Parent, SshSwitch.Disabled, "incident", default)).Refusal,
            async (broker, scene) => !(await broker.IssueAsync(scene.Web)).Succeeded),
        new("put a resource", async (broker, _) => (await broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf("acme/production/db", "db.example.com"), default)).Refusal,
            async (broker, _) => (await broker.Tree.ResolveAsync(Broker.HostOf("db.example.com").Address, default))?.Path.Text == "acme/production/db"),
        new("remove a host", async (broker, scene) => (await broker.HostRevoker.RevokeAsync(Broker.Admin, scene.Host, "stolen", default)).Refusal,
            async (broker, scene) => await broker.Hosts.FindAsync(scene.Host.Id, default) is null) { MayBeThere = true },
    ];

    private static Task<bool> AlwaysAsync(Broker broker, Scene scene) => Task.FromResult(true);

    // Each is shown once: a passcode counts no more than that.
    private static async Task<bool> AllCountAsync(Scene scene, Func<string, Secret, Task<bool>> counts)
    {
        while (scene.Told.TryDequeue(out (string Id, Secret Secret) told))
        {
            using (told.Secret)
                if (!await counts(told.Id, told.Secret)) return false;
        }

        return true;
    }

    private static async Task<bool> AllRevokedAsync(Broker broker, string grant)
    {
        int found = 0;
        foreach (JournalEntry entry in await broker.EntriesAsync())
        {
            if (entry.Event is not (JournalEvent.CertificateIssued or JournalEvent.PasscodeIssued)) continue;
            if ((entry.Event is JournalEvent.CertificateIssued issued ? issued.Grant : ((JournalEvent.PasscodeIssued)entry.Event).Grant) != grant) continue;
            if (await broker.Revocations.FindSerialAsync(entry.Position.Serial, default) is null) return false;
            found++;
        }

        return found > 0;
    }

    private static Refusal? Released<T>(Result<T> result, Scene scene, Func<T, ulong> serialOf)
        where T : notnull
    {
        if (result.Try(out T? value, out Refusal? refusal)) scene.Released.Add(serialOf(value));
        return refusal;
    }
}
