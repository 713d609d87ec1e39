using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Ssh.Tests.Fuzzing;

[Trait("Proof", "fuzzing")]
public sealed class NameFuzzTests
{
    [Fact(Timeout = 1_800_000)]
    public async Task Principals_key_ids_and_fingerprints_are_what_their_rules_say_or_refused()
    {
        var texts = new TextMutator("alice", "deploy@acme/production/web", "limited:alice@acme/production/web#0", "web.example.com", "alice@example.com for web", "SHA256:" + new string('A', 43), Samples.PublicKey("ssh-rsa").Fingerprint.ToString());
        await new FuzzRun("principals, key ids, fingerprints").RunAsync(texts.Make, input =>
        {
            string text = TextMutator.ToText(input);
            if (Principal.TryParse(text, out Principal principal, out string? reason)
                ? principal.Value != text || text.Length is 0 or > Principal.MaximumCharacters || text.Any(unit => unit == ',' || char.IsControl(unit) || char.IsWhiteSpace(unit))
                : string.IsNullOrEmpty(reason))
                return "a principal that is none, or no reason";
            if (KeyId.TryParse(text, out KeyId keyId, out reason)
                ? keyId.Value != text || text.Length is 0 or > KeyId.MaximumCharacters || text.Any(char.IsControl)
                : string.IsNullOrEmpty(reason))
                return "a key id that is none, or no reason";
            return Fingerprint.TryParse(text, out Fingerprint fingerprint, out reason) ? (fingerprint.ToString() == text ? null : "a fingerprint of another spelling")
                : string.IsNullOrEmpty(reason) ? "a fingerprint was refused without a reason" : null;
        });
    }
}
