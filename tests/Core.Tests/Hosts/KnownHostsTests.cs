using System.Globalization;
using System.Text;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Restoring;
using SshFunctions.Core.Rotation;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Store;

namespace SshFunctions.Core.Tests.Hosts;

public sealed class KnownHostsTests
{
    private const int Patience = 60_000;

    [Fact(Timeout = Patience)]
    public async Task Names_the_host_CA_in_lines_of_known_hosts_and_their_version_above()
    {
        await using var broker = new Broker();
        Assert.Equal($"# version 1.0\n@cert-authority * {broker.HostSigner.PublicKey.ToText()} sshfn-host-ca\n", await KnownHostsOf(broker).WriteAsync(default));
    }

    [Fact(Timeout = Patience)]
    public async Task A_revoked_host_changes_text_and_version_and_so_does_lifting_it()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        AdmittedHost host = await broker.EnrollAsync();
        KnownHosts known = KnownHostsOf(broker);
        string before = await known.WriteAsync(default);

        Broker.Must(await broker.HostRevoker.RevokeAsync(Broker.Admin, host.Host, "stolen", default));
        string revoked = await known.WriteAsync(default);
        Assert.EndsWith($"\n@revoked * {broker.ClientKey.ToText()} host:{host.Host.Id}\n", revoked, StringComparison.Ordinal);
        Assert.StartsWith($"# version {await known.ReadVersionAsync(default)}\n", revoked, StringComparison.Ordinal);
        Assert.NotEqual(FirstLine(before), FirstLine(revoked));

        Broker.Must(await broker.Revocations.LiftAsync(Broker.Admin, $"host:{host.Host.Id}", default));
        string lifted = await known.WriteAsync(default);
        Assert.DoesNotContain("@revoked", lifted, StringComparison.Ordinal);
        Assert.Equal(3, new[] { before, revoked, lifted }.Select(FirstLine).Distinct().Count());
    }

    [Fact(Timeout = Patience)]
    public async Task What_says_nothing_of_hosts_sends_no_client_for_them()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        AdmittedHost host = await broker.EnrollAsync();
        Broker.Must(await broker.HostRevoker.RevokeAsync(Broker.Admin, host.Host, "stolen", default));
        string before = await KnownHostsOf(broker).ReadVersionAsync(default);
        Broker.Must(await broker.Revoker.RevokeSubjectAsync(Broker.Admin, Subject.Parse("bob"), "why", default));
        Broker.Must(await broker.Revocations.LiftAsync(Broker.Admin, "subject:bob", default));
        await broker.Revocations.RaiseAsync(default);
        Assert.Equal(before, await KnownHostsOf(broker).ReadVersionAsync(default));
    }

    [Fact(Timeout = Patience)]
    public async Task A_host_CA_that_was_cut_off_is_revoked_under_a_new_version()
    {
        await using var broker = new Broker();
        using SshPrivateKey next = SshPrivateKey.GenerateEcdsa(256);
        string before = await KnownHostsOf(broker).ReadVersionAsync(default);
        SshPublicKey stolen = broker.HostSigner.PublicKey;
        broker.SigningKeys.Keys = broker.SigningKeys.Keys with
        {
            Trusted = new TrustedKeys(2, [
                new TrustedKey(KeyPurpose.HostCa, stolen, SigningKeyState.Retired, broker.Now),
                new TrustedKey(KeyPurpose.HostCa, next.PublicKey, SigningKeyState.Active),
            ]),
        };
        string text = await KnownHostsOf(broker).WriteAsync(default);
        Assert.Equal(
            $"# version 2.0\n@cert-authority * {next.PublicKey.ToText()} sshfn-host-ca\n@revoked * {stolen.ToText()} sshfn-host-ca\n", text);
        Assert.NotEqual(before, await KnownHostsOf(broker).ReadVersionAsync(default));
    }

    [Fact(Timeout = Patience)]
    public async Task A_restored_broker_sends_every_client_for_them()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        AdmittedHost host = await broker.EnrollAsync();
        KnownHosts known = KnownHostsOf(broker);
        List<string> told = [await known.ReadVersionAsync(default)];
        Broker.Must(await broker.HostRevoker.RevokeAsync(Broker.Admin, host.Host, "stolen", default));
        told.Add(await known.ReadVersionAsync(default));
        InMemoryStore copy = broker.Store.Copy();
        Broker.Must(await broker.Revocations.LiftAsync(Broker.Admin, $"host:{host.Host.Id}", default));
        told.Add(await known.ReadVersionAsync(default));

        broker.Clock.Advance(TimeSpan.FromSeconds(1));
        Broker.Must(await new StoreRestorer(copy, broker.Clock, "1.0").RestoreAsync(broker.Now, default));
        await using var next = new Broker(copy, broker.Clock, "next");
        string restored = await KnownHostsOf(next).ReadVersionAsync(default);
        Assert.DoesNotContain(restored, told);
        Assert.True(HostsOf(restored) > told.Max(HostsOf), $"{restored} after {string.Join(", ", told)}");
    }

    [Fact(Timeout = Patience)]
    public async Task A_store_of_a_broker_that_did_not_count_them_may_have_changed_with_each_version()
    {
        await using var broker = new Broker();
        byte[] old = "{\"version\":7,\"changed\":\"2026-01-02T03:04:05Z\"}"u8.ToArray();
        Assert.IsType<CommitResult.Committed>(
            await broker.Store.CommitAsync("revocations", [new DocumentChange.Insert("state", old)], default));
        Assert.Equal("1.7", await KnownHostsOf(broker).ReadVersionAsync(default));
        Broker.Must(await broker.Revoker.RevokeSubjectAsync(Broker.Admin, Subject.Parse("bob"), "why", default));
        Assert.Equal("1.7", await KnownHostsOf(broker).ReadVersionAsync(default));
        Assert.Equal(8, await broker.Revocations.ReadVersionAsync(default));
    }

    [Fact(Timeout = Patience)]
    public async Task Tells_the_newest_revoked_keys_of_each_project_and_no_project_crowds_out_another()
    {
        await using var broker = new Broker();
        SshPublicKey alone = RevokedKeys.Small(0);
        await RevokedKeys.PutAsync(broker, "calm/production/web", broker.Now, alone);
        SshPublicKey[] keys = [.. Enumerable.Range(1, KnownHosts.MaximumKeysPerProject + 300).Select(RevokedKeys.Small)];
        for (int i = 0; i < keys.Length; i++) await RevokedKeys.PutAsync(broker, "loud/production/web", broker.Now.AddSeconds(i + 1), keys[i]);
        // A clone of the newest: its key is told once, and takes no other one's place.
        await RevokedKeys.PutAsync(broker, "loud/staging/web", broker.Now, keys[^1]);

        string text = await KnownHostsOf(broker).WriteAsync(default);

        Assert.Equal(
            keys[^KnownHosts.MaximumKeysPerProject..].Append(alone).Select(key => key.ToText()).Order(StringComparer.Ordinal),
            RevokedKeys.ToldIn(text).Order(StringComparer.Ordinal));
        Assert.NotNull(await broker.Revocations.FindHostKeyAsync(keys[0], default));
        Assert.Equal(text, await KnownHostsOf(broker).WriteAsync(default));
    }

    [Fact(Timeout = Patience)]
    public async Task Tells_what_clients_take_however_many_projects_have_keys_as_large_as_there_are()
    {
        await using var broker = new Broker();
        SshPublicKey alone = RevokedKeys.Small(0);
        await RevokedKeys.PutAsync(broker, "calm/production/web", broker.Now, alone);
        for (int i = 0; i < 200; i++)
        {
            SshPublicKey[] large = [.. Enumerable.Range(10 * i, 10).Select(number => RevokedKeys.Rsa(16384, number))];
            // Those that noted no resource are one project more.
            await RevokedKeys.PutAsync(broker, i < 160 ? $"loud{i / 20}/production/web" : null, broker.Now.AddSeconds(i + 1), large);
        }

        string text = await KnownHostsOf(broker).WriteAsync(default);

        Assert.InRange(Encoding.UTF8.GetByteCount(text), KnownHosts.MaximumBytes - 3000, KnownHosts.MaximumBytes);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.Contains(alone.ToText(), text, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_client_that_knows_of_newer_keys_than_this_instance_gets_them_and_what_is_new_of_hosts()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        AdmittedHost host = await broker.EnrollAsync();
        KeysInForce then = broker.SigningKeys.Keys;
        KeysInForce now = then with { Trusted = new TrustedKeys(5, [.. then.Trusted.All]) };
        var known = new KnownHosts(new LateKeys(then, now), broker.Revocations);
        string before = await known.ReadVersionAsync(default);
        Assert.Equal("1.0", before);
        Assert.Null(await known.WriteNewerAsync("1.0", default));
        Assert.Null(await known.WriteNewerAsync("5.0", default));

        Broker.Must(await broker.HostRevoker.RevokeAsync(Broker.Admin, host.Host, "stolen", default));
        long hosts = await broker.Revocations.ReadHostsVersionAsync(default);

        foreach (string held in (string[])["5.0", "1.0", "none", ""])
        {
            string? text = await known.WriteNewerAsync(held, default);
            Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"# version 5.{hosts}\n"), text, StringComparison.Ordinal);
            Assert.Contains($"@revoked * {broker.ClientKey.ToText()} ", text, StringComparison.Ordinal);
        }
    }

    private static long HostsOf(string version) => long.Parse(version.Split('.')[1], CultureInfo.InvariantCulture);

    private static KnownHosts KnownHostsOf(Broker broker) => new(broker.SigningKeys, broker.Revocations);

    private static string FirstLine(string text) => text[..text.IndexOf('\n', StringComparison.Ordinal)];

    /// <summary>Keys of an instance that has not heard of the last rotation, and hears of it when it reads them anew.</summary>
    private sealed class LateKeys(KeysInForce then, KeysInForce now) : ISigningKeys
    {
        public void Anticipate()
        {
        }

        public ValueTask<KeysInForce> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(then);

        public Task<KeysInForce> RefreshAsync(CancellationToken cancellationToken) => Task.FromResult(now);
    }
}
