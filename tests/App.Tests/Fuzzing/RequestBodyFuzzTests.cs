using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Support.Proofs;

namespace SshFunctions.App.Tests.Fuzzing;

[Trait("Proof", "fuzzing")]
public sealed class RequestBodyFuzzTests
{
    private static readonly string[] Bodies =
    [
        """{"publicKey":"ssh-ed25519 AAAA","destination":{"host":"h","port":22,"login":"git"},"resource":null,"lifetimeSeconds":60}""",
        """{"path":"acme/production","role":"developer","subject":"alice@example.com","logins":["deploy","*"],"maximumLifetimeSeconds":300,"sourceAddresses":["10.0.0.0/8"],"permissions":["pty"],"notAfter":"2030-01-31T12:00:00Z","singleUse":true}""",
        """{"events":[{"session":"12-3-abcdef","event":"opened","time":"2030-01-31T12:00:00.123+01:00","login":"deploy","method":"certificate","serial":18446744073709551615,"reason":null}]}""",
        """{"hosts":[{"name":"web.example.com","port":22}],"logins":["deploy"],"profile":"sshd","services":[{"name":"db","target":"127.0.0.1:5432"}],"forceLoginCommand":false}""",
        """{"reason":"lost","serial":7,"key":"SHA256:x"}""",
        """{"approvers":["group:leads"],"approvals":2,"autoApproval":{"groups":["on call"],"environments":["staging"],"windows":[]},"shapes":[]}""",
    ];

    // A refusal says at which line and byte the JSON breaks, by an exception of the reader: that is most of the time it takes.
    private const int UsualCount = 2000;

    [Fact(Timeout = 1_800_000)]
    public async Task A_body_is_what_its_contract_says_or_refused()
    {
        var texts = new TextMutator(Bodies);
        await new FuzzRun("request bodies") { Usual = UsualCount, BytesPerByte = 256 }.RunAsync(texts.Make, input =>
            FaultOf(input, ApiJson.Default.IssueUserCertificateRequest) ?? FaultOf(input, ApiJson.Default.GrantRequest) ?? FaultOf(input, ApiJson.Default.RecordSessionsRequest)
            ?? FaultOf(input, ApiJson.Default.ResourceRequest) ?? FaultOf(input, ApiJson.Default.RevokeAccessRequest) ?? FaultOf(input, ApiJson.Default.AccessRuleRequest));
    }

    private static string? FaultOf<T>(ReadOnlySpan<byte> input, JsonTypeInfo<T> type)
        where T : class
    {
        Result<T> read = StrictJson.Read<T>(input);
        if (!read.Succeeded) return read.Refusal is Refusal.Invalid && read.Refusal.Detail.Length > 0 ? null : "refused as something else";
        byte[] written = JsonSerializer.SerializeToUtf8Bytes(read.Value!, type);
        return StrictJson.Read<T>(written).Try(out T? again, out Refusal? refusal)
            ? JsonSerializer.SerializeToUtf8Bytes(again, type).AsSpan().SequenceEqual(written) ? null : "is written in another way the second time"
            : $"is not read back: {refusal.Detail}";
    }
}
