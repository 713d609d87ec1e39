using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Core.Tests.Fuzzing;

[Trait("Proof", "fuzzing")]
public sealed class IssuerKeySetFuzzTests
{
    // The platform imports each key and checks its point: some 30 to 100 microseconds that are not ours.
    private const int UsualCount = 5_000;
    private const int WholeCount = 1_000_000;

    // The key of RFC 7517, appendix A.1, and one of 2048 bits with nothing but the form of one.
    private static readonly string Keys = $$"""
        {"keys":[{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","use":"sig","kid":"1","alg":"ES256","key_ops":["verify"]},
        {"kty":"RSA","n":"{{new string('3', 342)}}","e":"AQAB","kid":"2","use":"sig"},{"kty":"oct","k":"AAAA","kid":"3"}]}
        """;

    [Fact(Timeout = 1_800_000)]
    public async Task A_key_set_is_read_or_refused()
    {
        var texts = new TextMutator(Keys, """{"keys":[]}""");
        await new FuzzRun("JSON web key sets") { Usual = UsualCount, Whole = WholeCount, BytesPerByte = 512 }.RunAsync(texts.Make, input =>
            IssuerKeySet.Parse(input.ToArray()).Try(out IssuerKeySet? set, out Refusal? refusal)
                ? (set.Count > 0 && !set.Contains("no such key") ? null : "a set without a key")
                : refusal is Refusal.Invalid ? null : "refused as something else");
    }
}
