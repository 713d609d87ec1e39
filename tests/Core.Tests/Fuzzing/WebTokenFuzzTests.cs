using System.Buffers.Text;
using System.Text;
using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Core.Tests.Fuzzing;

[Trait("Proof", "fuzzing")]
public sealed class WebTokenFuzzTests
{
    private static readonly string[] Headers =
        ["""{"alg":"ES256","kid":"one","typ":"JWT"}""", """{"kid":"two","alg":"RS256"}""", """{"alg":"none","kid":"k","crit":["exp"]}"""];

    private static readonly string[] Payloads =
    [
        """{"iss":"https://idp.example.com","aud":["sshfn","other"],"sub":"248289761001","email":"alice@example.com","email_verified":true,"groups":["developers"],"iat":1893456000,"exp":1893456300.5,"jti":"one"}""",
        """{"iss":"https://token.actions.githubusercontent.com","aud":"sshfn","repository":"acme/web","ref":"refs/heads/main","act":{"sub":"x"},"nbf":0}""",
    ];

    private readonly TextMutator _headers = new(Headers);
    private readonly TextMutator _payloads = new(Payloads);
    private readonly TextMutator _tokens = new(Headers.Zip(Payloads, (header, payload) => $"{Part(header)}.{Part(payload)}.{Part("signature of 16 b")}"));

    [Fact(Timeout = 1_800_000)]
    public async Task A_token_is_read_with_its_claims_or_refused() =>
        await new FuzzRun("JSON web tokens").RunAsync(Make, input =>
        {
            Result<JsonWebToken> read = JsonWebToken.Parse(TextMutator.ToText(input));
            if (!read.Try(out JsonWebToken? token, out Refusal? refusal)) return refusal is Refusal.Unauthenticated && refusal.Detail.Length > 0 ? null : "refused as something else";
            if (token.Algorithm.Length == 0 && token.KeyId.Length == 0) return "has neither algorithm nor key";
            foreach (string claim in new[] { "iss", "aud", "groups", "email_verified", "exp", "act" })
            {
                _ = token.Claims.Text(claim) is null && token.Claims.Scalar(claim) is null && token.Claims.Values(claim).Any();
                if (token.Claims.TryInstant(claim, out DateTimeOffset? instant) && instant is { } known && known < DateTimeOffset.UnixEpoch) return "an instant before its epoch";
            }

            return null;
        });

    private ReadOnlySpan<byte> Make(Chance chance) => chance.Below(3) switch
    {
        0 => _tokens.Make(chance),
        1 => Encoding.ASCII.GetBytes($"{Base64Url.EncodeToString(_headers.Make(chance))}.{Part(Payloads[0])}.AAAA"),
        _ => Encoding.ASCII.GetBytes($"{Part(Headers[0])}.{Base64Url.EncodeToString(_payloads.Make(chance))}.AAAA"),
    };

    private static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
