using SshFunctions.Core.Callers;
using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Passcodes;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Webhooks;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Core.Tests.Fuzzing;

/// <summary>What callers send beside a body: headers, cursors, codes, challenges.</summary>
[Trait("Proof", "fuzzing")]
public sealed class HeaderFuzzTests
{
    private static readonly WebhookSecret Key = WebhookSecret.TryParse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", out WebhookSecret? secret) ? secret : throw new FormatException();
    private static readonly WebhookStamp Stamp = new("msg_1", DateTimeOffset.FromUnixTimeSeconds(1_893_456_000));
    private static readonly string Right = WebhookSignature.Sign(Stamp, "{}"u8, [Key]);

    [Fact(Timeout = 1_800_000)]
    public async Task A_webhook_is_right_only_with_the_right_signature()
    {
        var texts = new TextMutator(Right, $"v1,AAAA {Right} v2,x", "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W", "1893456000", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        await new FuzzRun("webhook headers").RunAsync(texts.Make, input =>
        {
            string text = TextMutator.ToText(input);
            string bare = Right["v1,".Length..].TrimEnd('=');
            if (WebhookSignature.IsRight(Stamp, "{}"u8, text, [Key]) && !string.Concat(text.Where(unit => !char.IsWhiteSpace(unit))).Contains(bare, StringComparison.Ordinal)) return "was taken without the signature in it";
            if (WebhookStamp.TryParse(text, text, out WebhookStamp? stamp) && (stamp.Seconds != text || stamp.Id != text)) return "a stamp of other text";
            if (!WebhookSecret.TryParse(text, out WebhookSecret? read)) return null;
            read.Dispose();
            return text.Contains("whsec_", StringComparison.Ordinal) ? null : "a secret without its mark";
        });
    }

    [Fact(Timeout = 1_800_000)]
    public async Task A_cursor_that_is_read_is_written_and_read_the_same()
    {
        var texts = new TextMutator("17-638000000000000000-4-5.17-6.65535", "0-0-0", "9-1-1-140737488355327.1");
        await new FuzzRun("journal cursors").RunAsync(texts.Make, input =>
            !JournalCursor.TryParse(TextMutator.ToText(input), out JournalCursor? cursor) ? null
            : JournalCursor.TryParse(cursor.ToString(), out JournalCursor? again) && again.ToString() == cursor.ToString() ? null : "is not read back");
    }

    [Fact(Timeout = 1_800_000)]
    public async Task A_challenge_is_taken_as_it_was_made_and_in_no_other_way()
    {
        byte[] key = new byte[32];
        string made = (SignInChallenge.Make("https://broker.example.com", Ssh.Keys.Fingerprint.FromHash(new byte[32]), Stamp.Time) with { Nonce = "AAAA" }).ToText(key);
        var texts = new TextMutator(made);
        await new FuzzRun("sign-in challenges").RunAsync(texts.Make, input =>
        {
            string text = TextMutator.ToText(input);
            return (SignInChallenge.Read(text, "https://broker.example.com", key) is not null) == (text == made) ? null : "a changed one was taken, or the right one was not";
        });
    }

    [Fact(Timeout = 1_800_000)]
    public async Task What_App_Service_says_and_what_a_passcode_is_typed_as_is_read_or_refused()
    {
        string principal = Convert.ToBase64String("""{"auth_typ":"aad","claims":[{"typ":"name","val":"Alice"},{"typ":"groups","val":"a"},{"typ":"groups","val":"b"}],"name_typ":"name"}"""u8);
        var texts = new TextMutator("""{"auth_typ":"aad","claims":[{"typ":"name","val":"Alice"},{"typ":"groups","val":"b"}]}""", principal, "0123-4567-89ab", "abcdefghijklmnopqrst.sha256:" + new string('A', 43));
        ResourcePath path = ResourcePath.Parse("acme/production/web");
        await new FuzzRun("App Service principals, typed passcodes, sealed tokens").RunAsync(texts.Make, input =>
        {
            string text = TextMutator.ToText(input);
            if (AppServicePrincipal.Parse("aad", Convert.ToBase64String(input)).Refusal is not (null or Refusal.Unauthenticated)) return "refused as something else";
            if (AppServicePrincipal.Parse("aad", text).Refusal is not (null or Refusal.Unauthenticated)) return "refused as something else";
            if (SealedAccessToken.TryParse(text, out SealedAccessToken? token) && token.ToString() != text) return "a token of another spelling";
            using Secret typed = Secret.Of(text);
            return !PasscodeText.TryHash(path, typed, out string? hash) || hash.Length == 43 ? null : "a hash of another length";
        });
    }
}
