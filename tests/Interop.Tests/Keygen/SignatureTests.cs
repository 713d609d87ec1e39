using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Signatures;
using SshFunctions.Support.Files;
using SshFunctions.Support.Processes;

namespace SshFunctions.Interop.Tests.Keygen;

public sealed class SignatureTests
{
    private const string Message = "the message\n";

    public static TheoryData<string> Types => [.. Keys.CaTypes];

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Types))]
    public async Task Verifies_signatures_that_were_made_and_makes_ones_that_are_verified(string type)
    {
        using var folder = new TemporaryFolder();
        SshPrivateKey key = Keys.Ca(type);
        byte[] message = System.Text.Encoding.UTF8.GetBytes(Message);
        folder.Write("ours.sig", SshSig.Sign(key, "checkpoint@sshfn", message));
        folder.Write("signers", $"journal {key.PublicKey.ToText()}\n");
        string[] verify = ["-Y", "verify", "-f", "signers", "-I", "journal", "-n", "checkpoint@sshfn", "-s", "ours.sig"];
        (await SshKeygen.RunWithInputAsync(folder, Message, verify)).Expect(0);
        ProcessRun wrong = await SshKeygen.RunWithInputAsync(folder, "another message\n", verify);
        Assert.NotEqual(0, wrong.ExitCode);

        folder.Write("key", OpenSshPrivateKey.Write(key));
        foreach (string hash in new[] { "sha256", "sha512" })
        {
            ProcessRun signed = (await SshKeygen.RunWithInputAsync(
                folder, Message, "-q", "-Y", "sign", "-O", $"hashalg={hash}", "-f", "key", "-n", "checkpoint@sshfn")).Expect(0);
            Assert.True(SshSig.Verify(signed.Output, "checkpoint@sshfn", message, out SshPublicKey? signer, out string? reason), reason);
            Assert.Equal(key.PublicKey, signer);
        }
    }
}
