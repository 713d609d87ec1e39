using SshFunctions.Core.Callers;
using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Core.Tests.Fuzzing;

[Trait("Proof", "fuzzing")]
public sealed class NameFuzzTests
{
    [Fact(Timeout = 1_800_000)]
    public async Task A_name_that_is_read_is_written_and_read_the_same()
    {
        var texts = new TextMutator(
            "acme/production/web", "acme/production/web#3", "deploy", "*", "alice@example.com", "subject:alice", "group:on call", "10.0.0.0/8", "2001:db8::/32", "192.0.2.1", "web.example.com:2222",
            "[2001:db8::1]:22", "pub/media", "git-upload-pack '/team/app.git'", "{email|sub}@{tid}", "acme/{env}/{app}#{index}", "cf:{guid}/{instance}", "abcdefghijklmnop");
        await new FuzzRun("names of the domain").RunAsync(texts.Make, input =>
        {
            string text = TextMutator.ToText(input);
            _ = ClaimTemplate.TryParse(text, out ClaimTemplate? _);
            _ = HostMapping.TryParse(text, out HostMapping? _);
            return FaultOf<ResourcePath>(text) ?? FaultOf<HostPlace>(text) ?? FaultOf<Login>(text) ?? FaultOf<LoginRule>(text) ?? FaultOf<Subject>(text) ?? FaultOf<GroupName>(text)
                ?? FaultOf<Holder>(text) ?? FaultOf<SourceRange>(text) ?? FaultOf<HostAddress>(text) ?? FaultOf<SftpFolder>(text) ?? FaultOf<ForcedCommand>(text)
                ?? FaultOf<AccountTemplate>(text) ?? FaultOf<GrantId>(text) ?? FaultOf<HostId>(text);
        });
    }

    private static string? FaultOf<T>(string text)
        where T : IParsable<T>
    {
        if (!T.TryParse(text, null, out T? value)) return null;
        string written = value.ToString()!;
        return T.TryParse(written, null, out T? again) && again.Equals(value) && again.ToString() == written ? null : $"{typeof(T).Name} {written} is not read back";
    }
}
