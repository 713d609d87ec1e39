using SshFunctions.Core.Journal;
using SshFunctions.Core.Revocations;
using SshFunctions.Core.Rotation;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Signatures;

namespace SshFunctions.Core.Tests.Rotation;

public sealed class KeyRotationsTests
{
    [Fact(Timeout = 60_000)]
    public async Task Every_instance_knows_of_a_switch_within_the_bound_and_nobody_waits_for_the_store_meanwhile()
    {
        await using RotationWorld world = await RotationWorld.StartAsync(instances: 2, hosts: 0);
        SshPublicKey first = (await world.InstanceOf(1).Keys.ReadAsync(default)).UserCa.PublicKey;
        Broker.Must(await world.InstanceOf(0).Rotations.StartAsync(Broker.Admin, KeyPurpose.UserCa, false, default));

        Assert.NotEqual(first, (await world.InstanceOf(0).Keys.ReadAsync(default)).UserCa.PublicKey);
        ValueTask<KeysInForce> atOnce = world.InstanceOf(1).Keys.ReadAsync(default);
        Assert.True(atOnce.IsCompletedSuccessfully);
        Assert.Equal(first, (await atOnce).UserCa.PublicKey);
        world.Clock.Advance(RotationBounds.LongestUnawareness);
        Assert.NotEqual(first, (await world.InstanceOf(1).Keys.ReadAsync(default)).UserCa.PublicKey);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_too_old_is_not_signed_with()
    {
        await using RotationWorld world = await RotationWorld.StartAsync(instances: 1, hosts: 0);
        await world.InstanceOf(0).Keys.ReadAsync(default);
        world.Store.IsAway = true;
        await world.InstanceOf(0).Keys.ReadAsync(default);
        world.Clock.Advance(RotationBounds.LongestUnawareness);

        await Assert.ThrowsAsync<Ports.StoreUnavailableException>(async () => await world.InstanceOf(0).Keys.ReadAsync(default));
        world.Store.IsAway = false;
    }

    [Fact(Timeout = 60_000)]
    public async Task An_emergency_of_the_user_ca_revokes_the_old_key()
    {
        await using RotationWorld world = await RotationWorld.StartAsync(instances: 1, hosts: 1);
        SshPublicKey first = (await world.InstanceOf(0).Keys.ReadAsync(default)).UserCa.PublicKey;
        world.Clock.Advance(KeyRotations.EmergencyPatience);

        RotationStatus plan = Broker.Must(await world.InstanceOf(0).Rotations.PlanAsync(KeyPurpose.UserCa, true, default));
        RotationStatus done = Broker.Must(await world.InstanceOf(0).Rotations.StartAsync(Broker.Admin, KeyPurpose.UserCa, true, default));

        Assert.True(Assert.Single(plan.Hosts!.Laggards).IsSilent);
        Assert.Single(done.Hosts!.Laggards);
        Assert.Null(done.Rotation);
        var revocations = new RevocationRegistry(world.Store, world.InstanceOf(0).Journal, world.Clock);
        Assert.Contains(await revocations.ListAsync(null, default).ToArrayAsync(), one => one.Id == $"ca:{first.Fingerprint}");
    }

    [Theory(Timeout = 60_000)]
    [InlineData(KeyPurpose.UserCa)]
    [InlineData(KeyPurpose.HostCa)]
    [InlineData(KeyPurpose.Journal)]
    public async Task An_emergency_never_signs_with_a_key_that_lay_beside_the_stolen_one_and_trusts_no_other(KeyPurpose purpose)
    {
        await using RotationWorld world = await RotationWorld.StartAsync(instances: 1, hosts: 1);
        KeyRotations rotations = world.InstanceOf(0).Rotations;
        Broker.Must(await rotations.StartAsync(Broker.Admin, purpose, false, default));
        await world.RefreshHostsAsync();
        world.Clock.Advance(TimeSpan.FromHours(3));
        await rotations.RunAsync(default);
        Broker.Must(await rotations.AbortAsync(Broker.Admin, purpose, "it was found in a mail", default));
        Broker.Must(await rotations.StartAsync(Broker.Admin, purpose, true, default));
        Broker.Must(await rotations.StartAsync(Broker.Admin, purpose, false, default));
        SigningKey[] before = [.. (await world.Rings.FindAsync(default))!.Keys.Where(key => key.Purpose == purpose)];
        Assert.Equal((4, SigningKeyState.Published), (before.Length, before[^1].State));

        Broker.Must(await rotations.StartAsync(Broker.Admin, purpose, true, default));

        KeyRing ring = (await world.Rings.FindAsync(default))!;
        Assert.DoesNotContain(Assert.Single(ring.TrustedOf(purpose)).Id, before.Select(key => key.Id));
        Assert.All(before, key => Assert.True(ring.KeyOf(key.Id).IsCutOff));
        var revocations = new RevocationRegistry(world.Store, world.InstanceOf(0).Journal, world.Clock);
        string[] revoked = [.. (await revocations.ListAsync(null, default).ToArrayAsync()).Select(one => one.Id)];
        string[] expected = purpose == KeyPurpose.UserCa ? [.. before.Select(key => $"ca:{SshPublicKey.Parse(key.PublicKey).Fingerprint}")] : [];
        Assert.Equal(expected.Order(), revoked.Order());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_new_rotation_begins_while_a_key_that_was_taken_back_waits_for_its_end()
    {
        await using RotationWorld world = await RotationWorld.StartAsync(instances: 1, hosts: 0);
        KeyRotations rotations = world.InstanceOf(0).Rotations;
        Broker.Must(await rotations.StartAsync(Broker.Admin, KeyPurpose.UserCa, false, default));
        RotationStatus back = Broker.Must(await rotations.AbortAsync(Broker.Admin, KeyPurpose.UserCa, "no", default));
        DateTimeOffset end = back.Keys.Single(key => key.State == SigningKeyState.Retiring).TrustedUntil!.Value;
        Refusal again = (await rotations.AbortAsync(Broker.Admin, KeyPurpose.UserCa, "no", default)).Refusal!;
        Assert.Contains($"trusted until {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC", Assert.IsType<Refusal.Conflict>(again).ToString(), StringComparison.Ordinal);
        Assert.Null(Broker.Must(await rotations.PlanAsync(KeyPurpose.UserCa, false, default)).Rotation);

        RotationStatus next = Broker.Must(await rotations.StartAsync(Broker.Admin, KeyPurpose.UserCa, false, default));

        Assert.Equal(3, next.Keys.Count(key => key.IsTrusted));
        Assert.Equal(next.Keys.Single(key => key.State == SigningKeyState.Active).Id, next.Rotation!.Key);
        Assert.Equal(next.Keys.Where(key => key.State == SigningKeyState.Retiring).Max(key => key.TrustedUntil), Assert.IsType<RotationStep.Wait>(next.Step).Until);
        world.Clock.Advance(TimeSpan.FromHours(26));
        await rotations.RunAsync(default);
        Assert.Single((await rotations.ReadAsync(KeyPurpose.UserCa, default)).Keys, key => key.IsTrusted);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_plan_says_that_nobody_reports_what_clients_are_given_and_whom_an_emergency_cuts_off()
    {
        await using RotationWorld world = await RotationWorld.StartAsync(instances: 1, hosts: 0);
        KeyRotations rotations = world.InstanceOf(0).Rotations;
        var user = (RotationStep.Wait)Broker.Must(await rotations.PlanAsync(KeyPurpose.UserCa, false, default)).Step;
        var host = (RotationStep.Wait)Broker.Must(await rotations.PlanAsync(KeyPurpose.HostCa, false, default)).Step;
        var emergency = (RotationStep.Wait)Broker.Must(await rotations.PlanAsync(KeyPurpose.UserCa, true, default)).Step;

        Assert.StartsWith("no host is enrolled", user.Reason, StringComparison.Ordinal);
        Assert.Equal(world.Clock.GetUtcNow() + TimeSpan.FromHours(2), host.Until);
        Assert.Contains("clients are given time", host.Reason, StringComparison.Ordinal);
        string first = (await world.InstanceOf(0).Keys.ReadAsync(default)).UserCa.PublicKey.Fingerprint.ToString();
        Assert.StartsWith($"{first} would count no more: everybody", emergency.Reason, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_journal_key_hands_over_to_the_next_one_by_its_own_signature()
    {
        await using RotationWorld world = await RotationWorld.StartAsync(instances: 1, hosts: 0);
        KeysInForce before = await world.InstanceOf(0).Keys.ReadAsync(default);
        Broker.Must(await world.InstanceOf(0).Rotations.StartAsync(Broker.Admin, KeyPurpose.Journal, false, default));
        SignedTrust trust = await new TrustStatements(world.InstanceOf(0).Keys).ReadAsync(default);

        KeyHandover handover = Assert.Single(trust.Handovers);
        Assert.True(SshSig.Verify(handover.Signature, "sshfn-trust", System.Text.Encoding.UTF8.GetBytes(handover.Statement), out SshPublicKey? old, out _));
        Assert.True(SshSig.Verify(trust.Signature, "sshfn-trust", System.Text.Encoding.UTF8.GetBytes(trust.Statement), out SshPublicKey? signer, out _));
        Assert.Equal(before.Journal.PublicKey, old);
        Assert.NotEqual(old, signer);
        Assert.Contains(signer!.ToText(), handover.Statement, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_journal_tells_a_rotation_from_its_beginning_to_its_end()
    {
        await using RotationWorld world = await RotationWorld.StartAsync(instances: 1, hosts: 0);
        RotationInstance instance = world.InstanceOf(0);
        Broker.Must(await instance.Rotations.StartAsync(Broker.Admin, KeyPurpose.UserCa, false, default));
        Assert.IsType<Refusal.Conflict>((await instance.Rotations.StartAsync(Broker.Admin, KeyPurpose.UserCa, false, default)).Refusal);
        world.Clock.Advance(TimeSpan.FromHours(26));
        await instance.Rotations.RunAsync(default);
        Assert.IsType<Refusal.Conflict>((await instance.Rotations.AbortAsync(Broker.Admin, KeyPurpose.UserCa, "late", default)).Refusal);

        var reader = new JournalReader(world.Store, world.Clock);
        JournalPage page = await reader.ReadBackAsync(new JournalFilter(), null, 100, default);
        Assert.Equal(
            ["signing-key.staged", "signing-key.published", "signing-key.activated", "signing-key.retiring", "signing-key.retired"],
            page.Entries.Select(entry => entry.Event.Kind).Where(kind => kind.StartsWith("signing-key", StringComparison.Ordinal)).Reverse());
    }
}
