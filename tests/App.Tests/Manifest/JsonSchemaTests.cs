using SshFunctions.Support.Programs;

namespace SshFunctions.App.Tests.Manifest;

/// <summary>The judge itself, and what it says of <c>host.json</c>.</summary>
public sealed class JsonSchemaTests
{
    private const string Http = """{"type":"http","direction":"out","name":"res"}""";

    [Fact]
    public void Accepts_the_host_json_that_is_deployed() =>
        Assert.Empty(FunctionSchemas.Host.FaultsOf(File.ReadAllText(Path.Combine(SourceTree.Root, "host.json"))));

    [Theory]
    [InlineData("an unknown member", """{"version":"2.0","nonsense":1}""")]
    [InlineData("the schema's own address", """{"version":"2.0","$schema":"x"}""")]
    [InlineData("a setting that only the host itself knows", """{"version":"2.0","customHandler":{"description":{"defaultExecutablePath":"x"},"initializationTimeout":"00:01:00"}}""")]
    [InlineData("another version", """{"version":"3.0"}""")]
    [InlineData("too large a batch", """{"version":"2.0","extensions":{"queues":{"batchSize":33}}}""")]
    public void Refuses_a_host_json_with(string what, string text) => Assert.True(FunctionSchemas.Host.FaultsOf(text).Count > 0, what);

    [Theory]
    [InlineData("a trigger that goes out", """{"type":"httpTrigger","direction":"out","name":"req"}""")]
    [InlineData("an unknown authentication level", """{"type":"httpTrigger","direction":"in","name":"req","authLevel":"nobody"}""")]
    [InlineData("a binding without a name", """{"type":"httpTrigger","direction":"in"}""")]
    [InlineData("a queue that is no text", """{"type":"queueTrigger","direction":"in","name":"m","queueName":1}""")]
    public void Refuses_a_function_json_with(string what, string binding) =>
        Assert.True(FunctionSchemas.Function.FaultsOf($$"""{"bindings":[{{binding}},{{Http}}]}""").Count > 0, what);
}
