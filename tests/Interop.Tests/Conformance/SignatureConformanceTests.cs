using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SshFunctions.Interop.Tests.Keygen;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Signatures;
using SshFunctions.Ssh.Wire;
using SshFunctions.Support.Files;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Interop.Tests.Conformance;

[Trait("Proof", "conformance")]
public sealed class SignatureConformanceTests
{
    private const ulong Seed = 9_2;
    private static readonly string[] Namespaces = ["file", "git", "krl@sshfn", "sshfn-trust", "sshfn-checkpoint", "authorized-keys@sshfn", "n"];

    [Fact(Timeout = 1_200_000)]
    public async Task ssh_keygen_and_asyncssh_take_a_signature_for_its_message_and_namespace_and_for_no_other()
    {
        using var folder = new TemporaryFolder();
        using RSA rsa = RSA.Create(2048);
        var chance = new Chance(Seed);
        var made = Enumerable.Range(0, LongRuns.Count(15, 2_000)).Select(_ => Make(chance, rsa)).ToArray();
        Task<JsonObject[]> reading = SecondReader.ReadAsync(made.Select(one => $"signature {Unarmored(one.Armored)} {Convert.ToBase64String(Encoding.UTF8.GetBytes(one.Message))}"));
        List<string> wrong = [];
        for (int number = 0; number < made.Length; number++)
        {
            (SshPublicKey key, string @namespace, string message, string armored) = made[number];
            string other = Namespaces.First(name => name != @namespace);
            folder.Write("sig", armored);
            folder.Write("signers", $"journal namespaces=\"{@namespace}\" {key.ToText()}\n");
            if (!SshSig.Verify(armored, @namespace, Encoding.UTF8.GetBytes(message), out SshPublicKey? signer, out _) || !signer.Equals(key)) wrong.Add($"{number}: ours does not take it");
            if (SshSig.Verify(armored, other, Encoding.UTF8.GetBytes(message), out _, out _)) wrong.Add($"{number}: ours takes it for {other}");
            if (await RunAsync(folder, message, "check-novalidate", "-n", @namespace) != 0) wrong.Add($"{number}: ssh-keygen does not take it");
            if (await RunAsync(folder, message, "verify", "-f", "signers", "-I", "journal", "-n", @namespace) != 0) wrong.Add($"{number}: ssh-keygen does not find its signer");
            if (await RunAsync(folder, message, "check-novalidate", "-n", other) == 0) wrong.Add($"{number}: ssh-keygen takes it for {other}");
            if (await RunAsync(folder, message + "!", "check-novalidate", "-n", @namespace) == 0) wrong.Add($"{number}: ssh-keygen takes it for another message");
        }

        JsonObject[] read = await reading;
        for (int number = 0; number < made.Length; number++)
        {
            var expected = new JsonObject { ["version"] = 1, ["key"] = made[number].Key.Fingerprint.ToString(), ["namespace"] = made[number].Namespace, ["hash"] = "sha512", ["holds"] = true };
            if (!JsonNode.DeepEquals(read[number], expected)) wrong.Add($"{number}: asyncssh reads {read[number].ToJsonString()}");
        }

        new ProofFigure("conformance", "SSHSIG, read by ssh-keygen and asyncssh", made.Length, wrong.Count).Record();
        Assert.True(wrong.Count == 0, $"{wrong.Count} wrong of seed {Seed}:\n{string.Join('\n', wrong.Take(5))}\n{(wrong.Count > 0 ? made[int.Parse(wrong[0].Split(':')[0], null)].Armored : "")}");
    }

    private static async Task<int> RunAsync(TemporaryFolder folder, string message, string action, params string[] arguments) =>
        (await SshKeygen.RunWithInputAsync(folder, message, ["-Y", action, .. arguments, "-s", "sig"])).ExitCode;

    private static (SshPublicKey Key, string Namespace, string Message, string Armored) Make(Chance chance, RSA rsa)
    {
        string @namespace = chance.OneIn(2) ? chance.Pick(Namespaces) : string.Concat(Enumerable.Range(0, 1 + chance.Below(60)).Select(_ => (char)('a' + chance.Below(26))));
        string message = string.Concat(Enumerable.Range(0, chance.OneIn(4) ? 0 : chance.Below(3000)).Select(_ => char.ConvertFromUtf32(0x20 + chance.Below(0x500))));
        byte[] bytes = Encoding.UTF8.GetBytes(message);
        if (chance.OneIn(6))
        {
            SshPublicKey key = SshPublicKey.FromRsa(rsa);
            byte[] raw = rsa.SignData(SshSig.ToBeSigned(@namespace, bytes), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return (key, @namespace, message, SshSig.Create(key, @namespace, WithSha256(raw)));
        }

        SshPrivateKey signer = Keys.Ca(chance.Pick(Keys.CaTypes));
        return (signer.PublicKey, @namespace, message, SshSig.Sign(signer, @namespace, bytes));
    }

    // What this project never signs with, but takes: rsa-sha2-256.
    private static SshSignature WithSha256(byte[] raw)
    {
        using var writer = new SshWriter();
        writer.WriteString("rsa-sha2-256");
        writer.WriteString(raw);
        return SshSignature.FromWire(writer.ToArray());
    }

    private static string Unarmored(string armored) => string.Concat(armored.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..^1]);
}
