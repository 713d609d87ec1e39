using SshFunctions.Azure.KeyVault;
using SshFunctions.Core;

namespace SshFunctions.Store.Tests.KeyVault;

public sealed class VaultKeyAddressTests
{
    private const string Version = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("https://acme.vault.azure.net/keys/user-ca", VaultKeyKind.Key, "user-ca", null, "https://vault.azure.net/.default")]
    [InlineData("https://acme.vault.azure.net/secrets/user-ca/" + Version, VaultKeyKind.Secret, "user-ca", Version, "https://vault.azure.net/.default")]
    [InlineData("https://acme.managedhsm.azure.net/keys/ca/" + Version, VaultKeyKind.Key, "ca", Version, "https://managedhsm.azure.net/.default")]
    [InlineData("https://acme.vault.azure.cn/keys/ca", VaultKeyKind.Key, "ca", null, "https://vault.azure.cn/.default")]
    [InlineData("https://acme.vault.usgovcloudapi.net/keys/ca", VaultKeyKind.Key, "ca", null, "https://vault.usgovcloudapi.net/.default")]
    public void Reads(string text, VaultKeyKind kind, string name, string? version, string scope)
    {
        VaultKeyAddress address = VaultKeyAddress.Parse(text).Value!;
        Assert.Equal((kind, name, version, scope), (address.Kind, address.Name, address.Version, address.TokenScope));
        Assert.Equal(text, address.ToString());
    }

    [Theory]
    [InlineData("http://acme.vault.azure.net/keys/ca", "is no https address")]
    [InlineData("acme.vault.azure.net/keys/ca", "is no https address")]
    [InlineData("https://acme/keys/ca", "names no vault")]
    [InlineData("https://10.0.0.4/keys/ca", "names no vault")]
    [InlineData("https://[::1]/keys/ca", "names no vault")]
    [InlineData("https://me@acme.vault.azure.net/keys/ca", "has more than a host and a path")]
    [InlineData("https://acme.vault.azure.net/keys/ca?api-version=7.4", "has more than a host and a path")]
    [InlineData("https://acme.vault.azure.net/keys/ca#x", "has more than a host and a path")]
    [InlineData("https://acme.vault.azure.net/keys/%63a", "has more than a host and a path")]
    [InlineData("https://acme.vault.azure.net", "has another path")]
    [InlineData("https://acme.vault.azure.net/keys", "has another path")]
    [InlineData("https://acme.vault.azure.net/keys/ca/" + Version + "/sign", "has another path")]
    [InlineData("https://acme.vault.azure.net/x/../keys/ca", "has another path")]
    [InlineData("https://acme.vault.azure.net/certificates/ca", "names neither keys nor secrets")]
    [InlineData("https://acme.vault.azure.net/keys/", "has a name")]
    [InlineData("https://acme.vault.azure.net/keys/user_ca", "has a name")]
    [InlineData("https://acme.vault.azure.net/keys/..", "has a name")]
    [InlineData("https://acme.vault.azure.net/keys/ca/", "has a version")]
    [InlineData("https://acme.vault.azure.net/keys/ca/latest", "has a version")]
    public void Refuses(string text, string detail)
    {
        Refusal.Invalid refusal = Assert.IsType<Refusal.Invalid>(VaultKeyAddress.Parse(text).Refusal);
        Assert.StartsWith(detail, refusal.Detail, StringComparison.Ordinal);
        Assert.Contains("https://VAULT/", refusal.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://acme.vault.azure.net/keys/CA/" + Version, true)]
    [InlineData("https://acme.vault.azure.net/keys/ca", false)]
    [InlineData("https://other.vault.azure.net/keys/ca/" + Version, false)]
    [InlineData("https://acme.vault.azure.net/secrets/ca/" + Version, false)]
    [InlineData("https://acme.vault.azure.net/keys/cb/" + Version, false)]
    public void Covers_the_versions_of_its_own_key_only(string id, bool covered) =>
        Assert.Equal(covered, VaultKeyAddress.Parse("https://acme.vault.azure.net/keys/ca").Value!.Covers(VaultKeyAddress.Parse(id).Value!));
}
