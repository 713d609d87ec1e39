using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;

namespace SshFunctions.Interop.Tests.Keygen;

public sealed class PrivateKeyTests
{
    public static TheoryData<string> Types => [.. Keys.CaTypes];

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Types))]
    public async Task Reads_the_key_file_that_was_written(string type)
    {
        using var folder = new TemporaryFolder();
        folder.Write("key", OpenSshPrivateKey.Write(Keys.Ca(type), "some comment"));
        ProcessRun run = (await SshKeygen.RunAsync(folder, "-y", "-f", "key")).Expect(0);
        Assert.Equal(Keys.Ca(type).PublicKey.ToText() + " some comment", run.Output.TrimEnd());
        Assert.Equal(Keys.Ca(type).PublicKey.Fingerprint.ToString(), (await SshKeygen.RunAsync(folder, "-l", "-f", "key")).Expect(0).Output.Split(' ')[1]);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("ecdsa", 256)]
    [InlineData("ecdsa", 384)]
    [InlineData("ecdsa", 521)]
    [InlineData("rsa", 3072)]
    [InlineData("ed25519", 256)]
    public async Task Writes_key_files_that_are_read(string type, int bits)
    {
        using var folder = new TemporaryFolder();
        (await SshKeygen.RunAsync(folder, "-q", "-t", type, "-b", $"{bits}", "-N", "", "-C", "", "-f", "key")).Expect(0);
        using SshPrivateKey key = OpenSshPrivateKey.Parse(await File.ReadAllBytesAsync(folder["key"]));
        SshPublicKey publicKey = SshPublicKey.Parse((await File.ReadAllTextAsync(folder["key.pub"])).TrimEnd());
        Assert.Equal(publicKey, key.PublicKey);
        Assert.True(publicKey.Verify("data"u8, key.Sign("data"u8)));
    }
}
