using System.Text.Json;
using SshFunctions.Hooks.Audit;

namespace SshFunctions.Hooks.Tests.Audit;

public sealed class CheckpointLineTests
{
    private static readonly string Zeros = new('0', 64);

    public static TheoryData<string, string> Statements => new()
    {
        { "a head that is null", Statement.Replace($"\"head\":\"{Zeros}\"", "\"head\":null", StringComparison.Ordinal) },
        { "a root that is null", Statement.Replace($"\"root\":\"{Zeros}\"", "\"root\":null", StringComparison.Ordinal) },
        { "an entry below zero", Statement.Replace("\"last\":3", "\"last\":-1", StringComparison.Ordinal) },
        { "a segment below one", Statement.Replace("\"segment\":1", "\"segment\":0", StringComparison.Ordinal) },
        { "half of a surrogate pair", Statement.Replace($"\"previous\":\"{Zeros}\"", "\"previous\":\"\\ud800\"", StringComparison.Ordinal) },
    };

    private static string Statement =>
        $$"""{"checkpoint":1,"time":"2030-01-31T12:00:00+00:00","previous":"{{Zeros}}","size":1,"root":"{{Zeros}}","frozen":0,"frozenRoot":"{{Zeros}}","heads":[{"segment":1,"last":3,"head":"{{Zeros}}"}]}""";

    [Theory]
    [MemberData(nameof(Statements))]
    public void A_statement_that_was_changed_is_a_fault_of_the_audit_and_breaks_nothing(string what, string statement)
    {
        Assert.Equal(1, CheckpointLine.Parse(Statement, "").Number);
        Assert.Equal("checkpoint", Assert.Throws<AuditFaultException>(() => CheckpointLine.Parse(statement, "")).Fault.Kind);
        Assert.NotEmpty(what);
    }

    [Fact]
    public void A_line_that_holds_no_text_is_a_fault_of_the_audit_and_breaks_nothing() =>
        Assert.Throws<AuditFaultException>(() => CheckpointLine.Parse(JsonElement.Parse("""{"checkpoint":"\ud800","signature":"x"}""")));
}
