using SshFunctions.App.Hosting.Triggers;
using SshFunctions.Core;
using SshFunctions.Support.Proofs;

namespace SshFunctions.App.Tests.Fuzzing;

[Trait("Proof", "fuzzing")]
public sealed class InvocationFuzzTests
{
    private const int UsualCount = 5000; // Where the JSON breaks an exception tells, which is most of the time it takes.

    [Fact(Timeout = 1_800_000)]
    public async Task An_invocation_gives_its_message_or_is_refused()
    {
        var texts = new TextMutator(
            """{"Data":{"message":"\"{\\\"op\\\":\\\"revoke\\\"}\""},"Metadata":{"DequeueCount":"1","op":"\"revoke\"","sys":{"MethodName":"PublishRevocations"}}}""",
            """{"Data":{"message":"{\"number\":7}"},"Metadata":{"DequeueCount":1}}""",
            """{"Data":{"timer":{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}},"Metadata":{"sys":{"UtcNow":"2030-01-31T12:00:00Z"}}}""");
        await new FuzzRun("invocations of queue and timer functions") { Usual = UsualCount }.RunAsync(texts.Make, input =>
        {
            Result<byte[]> message = InvocationBody.ReadMessage(input);
            Result<Done> timer = InvocationBody.ReadTimer(input);
            if (message.Refusal is not (null or Refusal.Invalid) || timer.Refusal is not (null or Refusal.Invalid)) return "refused as something else";
            return message.Succeeded && message.Value!.Length > input.Length ? "the message is longer than what held it" : null;
        });
    }
}
