using SshFunctions.Core;
using SshFunctions.Local.Keys;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Processes;

namespace SshFunctions.Store.Tests.Keys;

public sealed class KeyFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly TemporaryFolder _folder = new();

    private string KeyPath => Path.Combine(_folder.Path, "user-ca");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Makes_a_key_that_only_its_owner_reads_and_reads_it_the_next_time()
    {
        using SshPrivateKey made = MustRead();
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(KeyPath));
        Assert.Equal([KeyPath], Directory.GetFiles(_folder.Path));
        using SshPrivateKey read = MustRead();
        Assert.Equal(made.PublicKey, read.PublicKey);
        Assert.Equal("ecdsa-sha2-nistp256", read.PublicKey.KeyType);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void Refuses_a_file_that_others_can_reach(UnixFileMode others)
    {
        MustRead().Dispose();
        File.SetUnixFileMode(KeyPath, OwnerOnly | others);
        Assert.Contains("chmod 600", Refused().Fix, StringComparison.Ordinal);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("ecdsa", "256")]
    [InlineData("ecdsa", "384")]
    [InlineData("ecdsa", "521")]
    [InlineData("rsa", "3072")]
    [InlineData("ed25519", "256")]
    public async Task Reads_what_ssh_keygen_made(string type, string bits)
    {
        (await ProcessRun.ToEndAsync("ssh-keygen", ["-q", "-t", type, "-b", bits, "-N", "", "-f", KeyPath])).Expect(0);
        using SshPrivateKey key = MustRead();
        Assert.StartsWith(key.PublicKey.ToText(), await File.ReadAllTextAsync(KeyPath + ".pub"), StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Refuses_a_key_with_a_passphrase()
    {
        (await ProcessRun.ToEndAsync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "secret", "-f", KeyPath])).Expect(0);
        Assert.DoesNotContain("secret", Refused().ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE\n-----END OPENSSH PRIVATE KEY-----\n")]
    [InlineData("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBm3rKbXJFp7 a public key")]
    public void Refuses_what_is_no_key_with_a_reason_and_leaves_it(string text)
    {
        File.WriteAllText(KeyPath, text);
        File.SetUnixFileMode(KeyPath, OwnerOnly);
        Assert.Contains(KeyPath, Refused().Detail, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(KeyPath));
    }

    [Fact]
    public void Refuses_a_file_that_is_larger_than_any_key()
    {
        File.WriteAllBytes(KeyPath, new byte[(64 * 1024) + 1]);
        File.SetUnixFileMode(KeyPath, OwnerOnly);
        Assert.Contains("larger", Refused().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_that_died_before_the_rename_leaves_a_draft_that_is_never_taken_for_the_key()
    {
        string draft = KeyPath + ".new";
        File.WriteAllText(draft, "half a key");
        using SshPrivateKey made = MustRead();
        Assert.False(File.Exists(draft));
        File.WriteAllText(draft, "half another key");
        using SshPrivateKey read = MustRead();
        Assert.Equal(made.PublicKey, read.PublicKey);
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused_and_never_made_by_reading()
    {
        Assert.Contains("is not there", Assert.IsType<Refusal.Invalid>(KeyFile.Read(KeyPath).Refusal).Detail, StringComparison.Ordinal);
        Assert.False(File.Exists(KeyPath));
    }

    [Fact]
    public void A_public_half_is_told_from_a_key_that_others_can_read()
    {
        string path = Path.Combine(_folder.Path, "user-ca.pub");
        File.WriteAllText(path, "ecdsa-sha2-nistp256 AAAA");
        Assert.Contains("without .pub", Assert.IsType<Refusal.Invalid>(KeyFile.Read(path).Refusal).Fix, StringComparison.Ordinal);
    }

    private Result<SshPrivateKey> ReadOrMake()
    {
        KeyFile.MakeIfMissing(KeyPath, "sshfn user-ca");
        return KeyFile.Read(KeyPath);
    }

    private SshPrivateKey MustRead()
    {
        Result<SshPrivateKey> result = ReadOrMake();
        Assert.True(result.Succeeded, result.Refusal?.Detail);
        return result.Value;
    }

    private Refusal.Invalid Refused()
    {
        Refusal.Invalid refusal = Assert.IsType<Refusal.Invalid>(ReadOrMake().Refusal);
        Assert.NotNull(refusal.Fix);
        return refusal;
    }
}
