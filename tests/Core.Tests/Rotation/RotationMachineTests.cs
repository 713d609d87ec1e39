using System.Collections.Immutable;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Rotation;
using SshFunctions.Support.Signers;

namespace SshFunctions.Core.Tests.Rotation;

public sealed class RotationMachineTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly InMemorySigningKeyStore _keys = new();
    private readonly RotationRules _rules = new();
    private KeyRing _ring;
    private DateTimeOffset _now = Start;

    public RotationMachineTests()
    {
        ImmutableArray<SigningKey> keys = [.. _keys.PutFirst().Select(key => new SigningKey(
            $"first-{key.Key.Text()}", key.Key, key.Value.PublicKey.ToText(), key.Value.Place, false, SigningKeyState.Active, Start)
        {
            Published = Start, Activated = Start, TrustVersion = 1, ActiveVersion = 1,
        })];
        _ring = new KeyRing(1, keys, [], []);
    }

    public void Dispose() => _keys.Dispose();

    [Fact]
    public void Nothing_is_due_while_nothing_is_under_way() => Assert.IsType<RotationStep.Rest>(Next(KeyPurpose.UserCa));

    [Fact]
    public void A_key_is_published_then_waits_for_the_last_host_then_signs_then_the_old_one_waits_for_its_last_expiry()
    {
        Begin(KeyPurpose.UserCa);
        Assert.IsType<RotationStep.Publish>(Next(KeyPurpose.UserCa));
        _ring = _ring.Publish(KeyPurpose.UserCa, _now);

        var wait = Assert.IsType<RotationStep.Wait>(Next(KeyPurpose.UserCa, Host(2), Host(1)));
        Assert.Equal((1, 2), (wait.Gate!.HoldingCount, wait.Gate.ReportingCount));
        Assert.False(Assert.Single(wait.Gate.Laggards).IsSilent);
        Assert.IsType<RotationStep.Activate>(Next(KeyPurpose.UserCa, Host(2), Host(2)));

        _ring = _ring.Activate(KeyPurpose.UserCa, _now, null);
        SigningKey old = _ring.KeyOf("first-user-ca");
        Assert.Equal((SigningKeyState.Retiring, _now + RotationBounds.LongestUnawareness + TimeSpan.FromHours(24)), (old.State, old.LastExpiry));
        _now = old.LastExpiry!.Value + RotationBounds.Margin - TimeSpan.FromTicks(1);
        Assert.Equal(old.LastExpiry.Value + RotationBounds.Margin, Assert.IsType<RotationStep.Wait>(Next(KeyPurpose.UserCa)).Until);
        _now += TimeSpan.FromTicks(1);
        Assert.Equal(old.Id, Assert.IsType<RotationStep.Retire>(Next(KeyPurpose.UserCa)).Key);

        _ring = _ring.Retire(old.Id, _now);
        Assert.Single(_ring.TrustedOf(KeyPurpose.UserCa));
        Assert.IsType<RotationStep.Rest>(Next(KeyPurpose.UserCa));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_host_that_is_silent_holds_it_up_or_is_left_behind_as_the_operator_chose(bool cutsOff)
    {
        Begin(KeyPurpose.UserCa);
        _ring = _ring.Publish(KeyPurpose.UserCa, _now);
        SurveyedHost silent = Host(1) with { LastReport = _now - _rules.SilentAfter };

        RotationStep step = Next(_rules with { CutsOffSilentHosts = cutsOff }, KeyPurpose.UserCa, Host(2), silent);

        ImmutableArray<Laggard> laggards = cutsOff
            ? Assert.IsType<RotationStep.Activate>(step).LeftBehind
            : Assert.IsType<RotationStep.Wait>(step).Gate!.Laggards;
        Assert.True(Assert.Single(laggards).IsSilent);
    }

    [Theory]
    [InlineData(67, false)]
    [InlineData(66, true)]
    public void A_share_of_the_hosts_is_enough_where_the_operator_says_so(int percent, bool enough)
    {
        Begin(KeyPurpose.UserCa);
        _ring = _ring.Publish(KeyPurpose.UserCa, _now);

        RotationStep step = Next(_rules with { SharePercent = percent }, KeyPurpose.UserCa, Host(2), Host(3), Host(1));

        Assert.Equal(enough, step is RotationStep.Activate);
    }

    [Fact]
    public void Clients_are_given_time_to_learn_of_a_host_ca()
    {
        Begin(KeyPurpose.HostCa);
        _ring = _ring.Publish(KeyPurpose.HostCa, _now);
        Assert.Equal(_now + _rules.HostCaNotice, Assert.IsType<RotationStep.Wait>(Next(KeyPurpose.HostCa)).Until);
        _now += _rules.HostCaNotice;
        Assert.IsType<RotationStep.Activate>(Next(KeyPurpose.HostCa));
    }

    [Theory]
    [InlineData(KeyPurpose.UserCa)]
    [InlineData(KeyPurpose.Journal)]
    public void Where_no_host_reports_those_set_up_by_hand_are_given_a_day(KeyPurpose purpose)
    {
        Begin(purpose);
        _ring = _ring.Publish(purpose, _now);

        var wait = Assert.IsType<RotationStep.Wait>(Next(purpose));

        Assert.Equal(_now + TimeSpan.FromHours(24), wait.Until);
        Assert.StartsWith("no host reports", wait.Reason, StringComparison.Ordinal);
        Assert.IsType<RotationStep.Activate>(Next(purpose, Host(2)));
        Assert.IsType<RotationStep.Activate>(Next(_rules with { HandHostsNotice = TimeSpan.Zero }, purpose));
        _now += TimeSpan.FromHours(24);
        Assert.IsType<RotationStep.Activate>(Next(purpose));
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(30, false)]
    public void Hosts_that_refuse_the_bundle_take_it_back_when_too_few_are_left(int percent, bool back)
    {
        Begin(KeyPurpose.UserCa);
        _ring = _ring.Publish(KeyPurpose.UserCa, _now);

        RotationStep step = Next(_rules with { SharePercent = percent }, KeyPurpose.UserCa, Host(2), Failing(), Failing());

        Assert.Equal(back, step is RotationStep.RollBack);
        // A refusal of before the key was published says nothing about it.
        SurveyedHost before = Failing() with { Refused = _now - TimeSpan.FromSeconds(1) };
        Assert.IsNotType<RotationStep.RollBack>(Next(_rules with { SharePercent = percent }, KeyPurpose.UserCa, Host(2), before, before));
    }

    [Theory]
    [InlineData(1, 0, true)]
    [InlineData(1, 1, false)]
    [InlineData(1, 40, false)]
    [InlineData(2, 18, false)]
    [InlineData(2, 17, true)]
    public void A_single_host_or_a_few_of_many_take_no_rotation_back_but_are_named(int failing, int others, bool back)
    {
        Begin(KeyPurpose.UserCa);
        _ring = _ring.Publish(KeyPurpose.UserCa, _now);

        RotationStep step = Next(KeyPurpose.UserCa, [.. Enumerable.Range(0, failing).Select(_ => Failing()), .. Enumerable.Range(0, others).Select(_ => Host(2))]);

        Assert.Equal(back, step is RotationStep.RollBack);
        if (!back) Assert.Contains("it is not signed", Assert.IsType<RotationStep.Wait>(step).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_signs_is_never_taken_back_by_hosts_alone()
    {
        Begin(KeyPurpose.UserCa);
        _ring = _ring.Publish(KeyPurpose.UserCa, _now).Activate(KeyPurpose.UserCa, _now, null);

        var wait = Assert.IsType<RotationStep.Wait>(Next(KeyPurpose.UserCa, Failing(), Failing(), Failing()));

        Assert.Equal(3, wait.Gate!.FailingCount);
        Assert.Contains("sshfn ca abort user-ca", wait.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rotation_that_is_taken_back_after_the_switch_lets_the_old_key_sign_again_and_trusts_the_new_one_for_what_it_signed()
    {
        Begin(KeyPurpose.UserCa);
        _ring = _ring.Publish(KeyPurpose.UserCa, _now).Activate(KeyPurpose.UserCa, _now, null);
        _ring = _ring.RollBack(KeyPurpose.UserCa, _now, "it does not work", null);

        Assert.Equal("first-user-ca", _ring.ActiveOf(KeyPurpose.UserCa).Id);
        Assert.Equal(SigningKeyState.Retiring, _ring.KeyOf("second").State);
        _now += TimeSpan.FromDays(2);
        Assert.Equal("second", Assert.IsType<RotationStep.Retire>(Next(KeyPurpose.UserCa)).Key);
    }

    [Fact]
    public void A_rotation_that_is_taken_back_before_the_switch_leaves_nothing_behind_in_trust()
    {
        Begin(KeyPurpose.UserCa);
        _ring = _ring.Publish(KeyPurpose.UserCa, _now).RollBack(KeyPurpose.UserCa, _now, "no", null);

        Assert.Equal("first-user-ca", Assert.Single(_ring.TrustedOf(KeyPurpose.UserCa)).Id);
        Assert.IsType<RotationStep.Rest>(Next(KeyPurpose.UserCa));
    }

    [Fact]
    public void An_emergency_waits_for_nobody_and_the_old_key_counts_no_more()
    {
        Begin(KeyPurpose.UserCa, emergency: true);
        Assert.IsType<RotationStep.Replace>(Next(KeyPurpose.UserCa, Host(1)));
        _ring = _ring.Replace(KeyPurpose.UserCa, _now, null);

        Assert.Equal("second", Assert.Single(_ring.TrustedOf(KeyPurpose.UserCa)).Id);
        Assert.True(_ring.KeyOf("first-user-ca").IsCutOff);
    }

    [Fact]
    public void An_emergency_cuts_off_a_key_that_was_retiring_when_it_came()
    {
        Begin(KeyPurpose.UserCa);
        _ring = _ring.Publish(KeyPurpose.UserCa, _now).Activate(KeyPurpose.UserCa, _now, null);
        Begin(KeyPurpose.UserCa, emergency: true, id: "third");
        _ring = _ring.Replace(KeyPurpose.UserCa, _now, null);

        Assert.Equal("third", Assert.Single(_ring.TrustedOf(KeyPurpose.UserCa)).Id);
        Assert.All(_ring.Keys.Where(key => key.Purpose == KeyPurpose.UserCa && key.Id != "third"), key => Assert.True(key.IsCutOff));
        Assert.IsType<RotationStep.Rest>(Next(KeyPurpose.UserCa));
    }

    [Fact]
    public void The_schedule_counts_from_the_last_attempt()
    {
        RotationRules rules = _rules with { Schedule = new Dictionary<KeyPurpose, TimeSpan> { [KeyPurpose.UserCa] = TimeSpan.FromDays(90) } };
        Assert.False(RotationMachine.IsScheduled(_ring, KeyPurpose.UserCa, rules, Start.AddDays(89)));
        Assert.True(RotationMachine.IsScheduled(_ring, KeyPurpose.UserCa, rules, Start.AddDays(90)));
        Assert.False(RotationMachine.IsScheduled(_ring, KeyPurpose.HostCa, rules, Start.AddDays(900)));
        _now = Start.AddDays(90);
        Begin(KeyPurpose.UserCa);
        Assert.False(RotationMachine.IsScheduled(_ring, KeyPurpose.UserCa, rules, Start.AddDays(900)));
        _ring = _ring.RollBack(KeyPurpose.UserCa, _now, "no", null);
        Assert.False(RotationMachine.IsScheduled(_ring, KeyPurpose.UserCa, rules, Start.AddDays(91)));
        Assert.True(RotationMachine.IsScheduled(_ring, KeyPurpose.UserCa, rules, Start.AddDays(180)));
    }

    private SurveyedHost Failing() => Host(1) with { Refused = _now, Refusal = "it is not signed" };

    private SurveyedHost Host(long version) => new(HostId.Generate(), "acme/production/web", null, _now, version, null, null);

    private void Begin(KeyPurpose purpose, bool emergency = false, string id = "second")
    {
        MadeSigningKey made = _keys.Put(id);
        var key = new SigningKey(id, purpose, made.PublicKey.ToText(), made.Place, true, SigningKeyState.Staged, _now);
        _ring = _ring.Stage(key, new KeyRotation(purpose, id, _ring.ActiveOf(purpose).Id, emergency, _now, Subject.Parse("root")));
    }

    private RotationStep Next(KeyPurpose purpose, params SurveyedHost[] hosts) => Next(_rules, purpose, hosts);

    private RotationStep Next(RotationRules rules, KeyPurpose purpose, params SurveyedHost[] hosts) => RotationMachine.Next(_ring, purpose, hosts, rules, _now);
}
