using SshFunctions.App.Hosting.OpenId;
using SshFunctions.Core;
using SshFunctions.Support.OpenId;

namespace SshFunctions.App.Tests.Hosting.OpenId;

public sealed class IssuerClientTests : IDisposable
{
    private readonly SigningIssuer _issuer = new();
    private readonly IssuerClient _client;

    public IssuerClientTests() => _client = new IssuerClient(_issuer.Issuer);

    public void Dispose()
    {
        _client.Dispose();
        _issuer.Dispose();
    }

    [Theory(Timeout = 60_000)]
    [InlineData("""{"id_token":"\ud800"}""")]
    [InlineData("""{"id_token":"a.b.c","access_token":"\udc00"}""")]
    [InlineData("""{"id_token":"a.b.c","id_token":"d.e.f"}""")]
    [InlineData("tokens")]
    [InlineData("")]
    public async Task Refuses_an_answer_without_text_for_tokens_as_an_outcome(string answer)
    {
        _issuer.Tokens = answer;

        Assert.IsType<Refusal.Invalid>((await RedeemAsync()).Refusal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Takes_the_tokens_of_a_code()
    {
        _issuer.Tokens = """{"id_token":"a.b.c","token_type":"Bearer"}""";

        Assert.Equal("a.b.c", (await RedeemAsync()).Value!.IdToken);
    }

    private Task<Result<CodeTokens>> RedeemAsync() => _client.RedeemAsync(new Uri($"{_issuer.Issuer}/token"), new Dictionary<string, string> { ["code"] = "x" }, default);
}
