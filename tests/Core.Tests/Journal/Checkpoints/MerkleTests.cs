using System.Security.Cryptography;
using SshFunctions.Core.Journal.Checkpoints;

namespace SshFunctions.Core.Tests.Journal.Checkpoints;

public sealed class MerkleTests
{
    // The leaves and roots that implementations of RFC 6962 share as test data: certificate-transparency, merkletree/merkle_tree_test.cc.
    private static readonly string[] Leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] Roots =
    [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Fact]
    public void Has_the_roots_of_the_shared_test_data()
    {
        var tree = new MerklePeaks();
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Convert.ToHexStringLower(tree.Root));
        for (int at = 0; at < Leaves.Length; at++)
        {
            tree.Add(MerkleHash.OfLeaf(Convert.FromHexString(Leaves[at])));
            Assert.Equal(Roots[at], Convert.ToHexStringLower(tree.Root));
        }
    }

    [Theory]
    [InlineData(0, 8, "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")]
    [InlineData(5, 8, "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0 d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(2, 3, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    public async Task Has_the_inclusion_paths_of_the_shared_test_data(long index, long size, string path) =>
        Assert.Equal(path, Text(await MerklePath.OfLeafAsync(index, size, Naive([.. Leaves.Select(Convert.FromHexString)]))));

    [Theory]
    [InlineData(1, 8, "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")]
    [InlineData(2, 5, "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")]
    public async Task Has_the_consistency_paths_of_the_shared_test_data(long older, long size, string path) =>
        Assert.Equal(path, Text(await MerklePath.OfPrefixAsync(older, size, Naive([.. Leaves.Select(Convert.FromHexString)]))));

    [Fact(Timeout = 60_000)]
    public async Task Agrees_with_a_naive_tree_of_every_size_and_refuses_every_path_with_one_bit_wrong()
    {
        var random = new Random(962);
        byte[][] leaves = [.. Enumerable.Range(0, 70).Select(_ => Bytes(random, random.Next(40)))];
        var tree = new MerklePeaks();
        for (int size = 1; size <= leaves.Length; size++)
        {
            tree.Add(MerkleHash.OfLeaf(leaves[size - 1]));
            byte[][] part = leaves[..size];
            Assert.Equal(NaiveRoot(part), tree.Root);
            await CheckLeafAsync(part, random.Next(size), tree.Root, random);
            int older = random.Next(1, size + 1);
            IReadOnlyList<byte[]> path = await MerklePath.OfPrefixAsync(older, size, Naive(part));
            Assert.True(MerklePath.ShowsPrefix(older, NaiveRoot(part[..older]), size, tree.Root, path));
            if (path.Count > 0) Assert.False(MerklePath.ShowsPrefix(older, NaiveRoot(part[..older]), size, tree.Root, Spoil(path, random)));
            Assert.False(MerklePath.ShowsPrefix(older, Bytes(random, 32), size, tree.Root, path));
            Assert.False(MerklePath.ShowsPrefix(older, NaiveRoot(part[..older]), size, tree.Root, [.. path, Bytes(random, 32)]));
        }
    }

    [Fact]
    public void Tells_of_each_complete_subtree_once_and_continues_from_its_peaks()
    {
        var told = new List<int>();
        var tree = new MerklePeaks();
        for (int at = 0; at < 8; at++) tree.Add(MerkleHash.OfLeaf([(byte)at]), (height, _) => told.Add(height));
        Assert.Equal([1, 1, 2, 1, 1, 2, 3], told);
        var again = new MerklePeaks(tree.Count, tree.Peaks);
        again.Add(MerkleHash.OfLeaf([8]));
        tree.Add(MerkleHash.OfLeaf([8]));
        Assert.Equal(tree.Root, again.Root);
        Assert.Throws<ArgumentException>(() => new MerklePeaks(3, tree.Peaks.Take(1)));
    }

    private static async Task CheckLeafAsync(byte[][] leaves, int index, byte[] root, Random random)
    {
        IReadOnlyList<byte[]> path = await MerklePath.OfLeafAsync(index, leaves.Length, Naive(leaves));
        byte[] leaf = MerkleHash.OfLeaf(leaves[index]);
        Assert.Equal(root, MerklePath.RootOf(leaf, index, leaves.Length, path));
        if (path.Count > 0) Assert.NotEqual(root, MerklePath.RootOf(leaf, index, leaves.Length, Spoil(path, random)));
        Assert.Null(MerklePath.RootOf(leaf, index, leaves.Length, [.. path, root]));
        Assert.Null(MerklePath.RootOf(leaf, leaves.Length, leaves.Length, path));
    }

    private static byte[][] Spoil(IReadOnlyList<byte[]> path, Random random)
    {
        byte[][] spoilt = [.. path.Select(hash => hash.ToArray())];
        spoilt[random.Next(spoilt.Length)][random.Next(32)] ^= 1;
        return spoilt;
    }

    private static byte[] Bytes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static Func<long, long, ValueTask<byte[]>> Naive(byte[][] leaves) =>
        (start, count) => ValueTask.FromResult(NaiveRoot(leaves[(int)start..(int)(start + count)]));

    // RFC 6962, section 2.1, word by word.
    private static byte[] NaiveRoot(byte[][] leaves)
    {
        if (leaves.Length == 0) return SHA256.HashData([]);
        if (leaves.Length == 1) return SHA256.HashData([0, .. leaves[0]]);
        int left = 1;
        while (left * 2 < leaves.Length) left *= 2;
        return SHA256.HashData([1, .. NaiveRoot(leaves[..left]), .. NaiveRoot(leaves[left..])]);
    }

    private static string Text(IReadOnlyList<byte[]> path) => string.Join(' ', path.Select(Convert.ToHexStringLower));
}
