using Azure.Core;
using SshFunctions.Azure.Identity;
using SshFunctions.Azure.KeyVault;
using SshFunctions.Core;
using SshFunctions.Core.Ports;

namespace SshFunctions.Store.Tests.Processes;

/// <summary>Opens a key of a vault, signs with it, and prints the public key or why it could not.</summary>
internal static class VaultCaller
{
    public const string Name = "vault-caller";

    public static async Task<int> RunAsync(string identity, string address)
    {
        if (!AzureIdentity.Parse(identity).Try(out AzureIdentity? who, out Refusal? refusal)
            || !who.Open(Environment.GetEnvironmentVariable, TimeProvider.System).Try(out TokenCredential? credential, out refusal)
            || !VaultKeyAddress.Parse(address).Try(out VaultKeyAddress? key, out refusal))
        {
            Console.Out.WriteLine(refusal.Detail);
            return 2;
        }

        try
        {
            IStatementSigner signer = await VaultSigners.OpenStatementSignerAsync(key, credential, TimeProvider.System, CancellationToken.None);
            await signer.SignAsync("test@sshfn", "words"u8.ToArray(), CancellationToken.None);
            Console.Out.WriteLine(signer.PublicKey.ToText());
            return 0;
        }
        catch (SignerUnavailableException away)
        {
            Console.Out.WriteLine(away.Message);
            return 1;
        }
    }
}
