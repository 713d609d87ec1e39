using SshFunctions.Core.Ports;
using SshFunctions.Core.Rotation;
using SshFunctions.Support.Signers;
using SshFunctions.Support.Store;
using SshFunctions.Support.Time;

namespace SshFunctions.Core.Tests.Rotation;

public sealed class KeyRingRegistryTests : IDisposable
{
    private readonly InMemoryStore _store = new();
    private readonly InMemorySigningKeyStore _keys = new();
    private readonly KeyRingRegistry _rings;

    public KeyRingRegistryTests() => _rings = new KeyRingRegistry(_store, new ManualClock());

    public void Dispose() => _keys.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task A_first_start_makes_a_ring_of_three_keys_that_sign_and_a_second_one_leaves_it()
    {
        IReadOnlyDictionary<KeyPurpose, MadeSigningKey> first = _keys.PutFirst();

        KeyRing ring = Broker.Must(await _rings.AdoptAsync(first, default));
        KeyRing again = Broker.Must(await _rings.AdoptAsync(first, default));

        Assert.Equal((1, 3), (ring.Version, ring.Keys.Count(key => key.State == SigningKeyState.Active)));
        Assert.Equal(ring.Version, again.Version);
        Assert.Equal("user-ca", ring.ActiveOf(KeyPurpose.UserCa).Place);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(false, 7)]
    [InlineData(true, 8)]
    public async Task Goes_on_from_the_version_of_before_there_were_rings(bool changed, long version)
    {
        IReadOnlyDictionary<KeyPurpose, MadeSigningKey> first = _keys.PutFirst();
        string user = (changed ? _keys.Put("other") : first[KeyPurpose.UserCa]).PublicKey.ToText();
        string body = $$"""{"version":7,"userCa":"{{user}}","hostCa":"{{first[KeyPurpose.HostCa].PublicKey.ToText()}}","journal":"{{first[KeyPurpose.Journal].PublicKey.ToText()}}"}""";
        await _store.CommitAsync("trust", [new DocumentChange.Insert("keys", System.Text.Encoding.UTF8.GetBytes(body))], default);

        Assert.Equal(version, Broker.Must(await _rings.AdoptAsync(first, default)).Version);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_key_that_the_operator_puts_in_signs_and_the_one_before_it_is_trusted_still()
    {
        var configured = _keys.PutFirst().ToDictionary();
        Broker.Must(await _rings.AdoptAsync(configured, default));
        configured[KeyPurpose.UserCa] = _keys.Put("by-hand");

        KeyRing ring = Broker.Must(await _rings.AdoptAsync(configured, default));

        Assert.Equal("by-hand", ring.ActiveOf(KeyPurpose.UserCa).Place);
        Assert.Equal([SigningKeyState.Retiring, SigningKeyState.Active], ring.TrustedOf(KeyPurpose.UserCa).Select(key => key.State));
        Assert.True(ring.Version > 1);
        configured[KeyPurpose.UserCa] = configured[KeyPurpose.Journal];
        Assert.IsType<Refusal.Invalid>((await _rings.AdoptAsync(configured, default)).Refusal);
    }
}
