using SshFunctions.Core;
using SshFunctions.Core.Rotation;
using SshFunctions.Local.Keys;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Signers;

namespace SshFunctions.Store.Tests.Keys;

public sealed class FileSigningKeysTests : SigningKeyStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<FileSigningKeys> _opened = [];

    protected override ISigningKeyStore Open()
    {
        var keys = new FileSigningKeys(_folder.Path, isShared: false);
        _opened.Add(keys);
        return keys;
    }

    protected override Task<(string Place, string Type)> FirstAsync()
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(384);
        KeyFile.Make(Path.Combine(_folder.Path, "user-ca"), key, "first");
        return Task.FromResult(("user-ca", "ecdsa-sha2-nistp384"));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_key_is_its_owners_alone_and_its_place_is_a_name_that_a_restored_folder_has_too()
    {
        await FirstAsync();
        MadeSigningKey made = (await Open().MakeAsync(KeyPurpose.UserCa, "aaaaaaaaaa", "user-ca", default)).Value!;

        Assert.Equal("user-ca-aaaaaaaaaa", made.Place);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder.Path, made.Place)));
        await Assert.ThrowsAsync<Core.Ports.SignerUnavailableException>(async () => await Open().MakeAsync(KeyPurpose.UserCa, "aaaaaaaaaa", "user-ca", default));
    }

    [Fact(Timeout = 60_000)]
    public async Task Makes_none_where_other_instances_could_not_read_it()
    {
        await FirstAsync();
        using var keys = new FileSigningKeys(null, isShared: true);

        Refusal? refusal = (await keys.MakeAsync(KeyPurpose.UserCa, "aaaaaaaaaa", Path.Combine(_folder.Path, "user-ca"), default)).Refusal;

        Assert.Contains("Key Vault", Assert.IsType<Refusal.Conflict>(refusal).Fix, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    public void Dispose()
    {
        _opened.ForEach(keys => keys.Dispose());
        _folder.Dispose();
    }
}
