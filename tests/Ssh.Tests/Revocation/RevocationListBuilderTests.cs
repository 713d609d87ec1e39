using System.Diagnostics;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Revocation;

namespace SshFunctions.Ssh.Tests.Revocation;

public sealed class RevocationListBuilderTests
{
    private static readonly DateTimeOffset Generated = DateTimeOffset.FromUnixTimeSeconds(1_767_225_600);
    private static readonly SshPublicKey Ca = Samples.PublicKey("ecdsa-sha2-nistp256");

    [Fact]
    public void Writes_an_empty_list_of_44_bytes()
    {
        byte[] bytes = new RevocationListBuilder().Build(7, Generated);
        RevocationList list = RevocationList.Parse(bytes);
        Assert.Equal(44, bytes.Length);
        Assert.Equal(7u, list.Version);
        Assert.Equal(Generated, list.Generated);
        Assert.Empty(list.Certificates);
    }

    [Fact]
    public void Writes_two_thirds_of_a_hundred_thousand_serials_in_13_kB()
    {
        byte[] bytes = Build(Enumerable.Range(1, 100_000).Where(n => n % 3 != 0).Select(n => (ulong)n));
        Assert.InRange(bytes.Length, 12_500, 12_800);
        Assert.Equal(66_667, CountOf(bytes));
    }

    [Theory]
    [InlineData("one serial", 1, new ulong[] { 5 }, 13)]
    [InlineData("two far apart", 1, new ulong[] { 5, 1_000_000 }, 21)]
    [InlineData("two neighbours", 1, new ulong[] { 5, 6 }, 18)]
    public void Writes_few_serials_in_few_bytes(string what, int version, ulong[] serials, int most)
    {
        byte[] bytes = Build(serials);
        int overhead = 44 + 1 + 4 + 4 + Ca.Wire.Length + 4;
        Assert.True(bytes.Length - overhead <= most, $"{what}: {bytes.Length - overhead} bytes");
        Assert.Equal((ulong)version, RevocationList.Parse(bytes).Version);
    }

    [Fact]
    public void Writes_a_long_run_as_one_range()
    {
        var builder = new RevocationListBuilder();
        builder.AddSerials(Ca, 1, ulong.MaxValue);
        byte[] bytes = builder.Build(1, Generated);
        Assert.Equal(44 + 13 + Ca.Wire.Length + 21, bytes.Length);
        Assert.Equal([new SerialRange(1, ulong.MaxValue)], Assert.Single(RevocationList.Parse(bytes).Certificates).Serials.ToArray());
    }

    // 0.2 s with an optimized build on two busy cores; the bound leaves room for a test build on busier ones.
    [Fact]
    public void Writes_a_million_serials_in_no_time()
    {
        var random = new Random(20260101);
        ulong[] serials = new ulong[1_000_000];
        for (int index = 0; index < serials.Length; index++)
            serials[index] = (ulong)random.NextInt64(1, 10_000_000);
        Build([1]); // compiles what is measured
        var clock = Stopwatch.StartNew();
        byte[] bytes = Build(serials);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"{clock.ElapsedMilliseconds} ms");
        Assert.InRange(bytes.Length, 1_000_000, 1_300_000);
    }

    [Fact]
    public void Reads_back_whatever_it_wrote()
    {
        var random = new Random(4711);
        for (int round = 0; round < 300; round++)
        {
            SerialRange[] ranges = [.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => Draw(random))];
            var builder = new RevocationListBuilder();
            foreach (SerialRange range in ranges)
                builder.AddSerials(Ca, range.First, range.Last);
            RevocationList list = RevocationList.Parse(builder.Build(1, Generated));
            Assert.Equal(Merged(ranges), Assert.Single(list.Certificates).Serials.ToArray());
        }
    }

    [Fact]
    public void Gives_the_same_bytes_in_any_order_of_adding()
    {
        var forward = new RevocationListBuilder();
        var backward = new RevocationListBuilder();
        string[] types = Samples.SubjectKeyTypes;
        for (int index = 0; index < types.Length; index++)
        {
            Add(forward, index);
            Add(backward, types.Length - 1 - index);
        }

        Assert.Equal(forward.Build(1, Generated), backward.Build(1, Generated));

        void Add(RevocationListBuilder builder, int index)
        {
            SshPublicKey key = Samples.PublicKey(types[index]);
            builder.AddKey(key);
            builder.AddFingerprint(key.Fingerprint);
            builder.AddSerial(index == 0 ? null : key, (ulong)index + 9);
            builder.AddKeyId(key, types[index]);
        }
    }

    [Fact]
    public void Revokes_what_was_added_and_nothing_else()
    {
        using SshPrivateKey ca = SshPrivateKey.GenerateEcdsa(256);
        using SshPrivateKey other = SshPrivateKey.GenerateEcdsa(256);
        var builder = new RevocationListBuilder();
        builder.AddSerial(ca.PublicKey, 42);
        builder.AddKeyId(ca.PublicKey, "gone");
        builder.AddKey(Samples.PublicKey("ssh-rsa"));
        builder.AddFingerprint(Samples.PublicKey("ecdsa-sha2-nistp521").Fingerprint);
        RevocationList list = RevocationList.Parse(builder.Build(1, Generated, "comment"));

        Assert.Equal("comment", list.Comment);
        Assert.True(list.IsRevoked(Samples.Certificate(ca)));
        Assert.False(list.IsRevoked(Samples.Certificate(other)));
        Assert.False(list.IsRevoked(Samples.Certificate(ca, Samples.Content(serial: 43))));
        Assert.True(list.IsRevoked(Samples.Certificate(ca, Samples.Content(serial: 43) with { KeyId = "gone" })));
        Assert.True(list.IsRevoked(Samples.Certificate(other, Samples.Content(Samples.PublicKey("ssh-rsa")))));
        Assert.True(list.IsRevoked(Samples.PublicKey("ecdsa-sha2-nistp521")));
        Assert.False(list.IsRevoked(Samples.PublicKey("ecdsa-sha2-nistp384")));
        Assert.Equal([Samples.PublicKey("ecdsa-sha2-nistp521").Fingerprint], list.Sha256Fingerprints);
        Assert.Equal(Samples.PublicKey("ssh-rsa").Wire.ToArray(), Assert.Single(list.ExplicitKeys).ToArray());
    }

    [Fact]
    public void Never_revokes_serial_0_which_is_no_serial()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RevocationListBuilder().AddSerial(Ca, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RevocationListBuilder().AddSerials(Ca, 2, 1));
        Assert.Throws<ArgumentException>(() => new RevocationListBuilder().AddKeyId(Ca, "a\0"));
    }

    private static byte[] Build(IEnumerable<ulong> serials)
    {
        var builder = new RevocationListBuilder();
        builder.AddSerials(Ca, serials);
        return builder.Build(1, Generated);
    }

    private static long CountOf(byte[] bytes) =>
        Assert.Single(RevocationList.Parse(bytes).Certificates).Serials.Sum(range => (long)(range.Last - range.First) + 1);

    // Runs of every size, close together and far apart, up to the greatest serial.
    private static SerialRange Draw(Random random)
    {
        ulong first = random.Next(3) switch
        {
            0 => (ulong)random.NextInt64(1, 400),
            1 => (ulong)random.NextInt64(1, 5_000_000),
            _ => ulong.MaxValue - (ulong)random.NextInt64(0, 3000),
        };
        ulong length = random.Next(2) == 0 ? 0 : (ulong)random.NextInt64(0, 100);
        return new SerialRange(first, length > ulong.MaxValue - first ? ulong.MaxValue : first + length);
    }

    private static SerialRange[] Merged(SerialRange[] ranges)
    {
        var merged = new List<SerialRange>();
        foreach (SerialRange range in ranges.OrderBy(range => range.First))
        {
            if (merged.Count > 0 && (merged[^1].Last == ulong.MaxValue || range.First <= merged[^1].Last + 1))
                merged[^1] = new SerialRange(merged[^1].First, Math.Max(merged[^1].Last, range.Last));
            else
                merged.Add(range);
        }

        return [.. merged];
    }
}
