using System.Text;
using System.Text.Json.Nodes;
using SshFunctions.App.Hosting.OpenId;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Support.Files;
using SshFunctions.Support.Programs;

namespace SshFunctions.App.Tests.Hosting.OpenId;

public sealed class IdentitiesFileTests : IDisposable
{
    private const string Least =
        """{"name":"idp","issuer":"https://idp.example.com","audiences":["sshfn"],"kind":"person","subject":"{email}"}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Takes_no_issuer_when_there_is_no_file() => Assert.Empty(IdentitiesFile.Read(null).Value!.All);

    [Fact]
    public void Takes_the_text_itself_where_there_is_no_place_for_a_file()
    {
        Assert.Empty(IdentitiesFile.Read("""{"issuers":[]}""").Value!.All);
        Assert.StartsWith("--identities (its text): ", IdentitiesFile.Read("""{"issuer":[]}""").Refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Pins_the_usual_algorithm_and_demands_verified_addresses_when_nothing_is_said()
    {
        OpenIdIssuer issuer = Assert.Single(Bind(Least).Value!.All);

        Assert.Equal("RS256", Assert.Single(issuer.Algorithms).Name);
        Assert.Equal((true, false, null, null, CallerKind.Person), (issuer.RequireVerifiedEmail, issuer.SingleUse, issuer.MaximumAge, issuer.Client, issuer.Kind));
    }

    [Fact]
    public void Reads_every_member()
    {
        OpenIdIssuer issuer = Assert.Single(Bind(
            """
            {"name":"idp","issuer":"https://idp.example.com/","audiences":["sshfn","app"],"kind":"person","subject":"{oid}",
             "algorithms":["ES256","PS512"],"groups":{"claim":"groups","table":{"on call":"oncall"},"fixed":["staff"]},
             "userName":"{upn|local}","userNames":{"bob":"robert"},"conditions":{"tid":["1-2-3"],"amr":["mfa","hw*"]},
             "requireVerifiedEmail":false,"singleUse":false,"maximumAgeSeconds":600,
             "clientId":"app","scopes":["openid","offline_access"],"clientToken":"id_token"}
            """).Value!.All);

        Assert.Equal(["ES256", "PS512"], issuer.Algorithms.Select(algorithm => algorithm.Name));
        Assert.Equal("oncall", issuer.Groups.Table!["on call"].Text);
        Assert.Equal("robert", issuer.UserName!.Table![Subject.Parse("bob")].Text);
        Assert.Equal(["mfa", "hw*"], issuer.Conditions.Single(condition => condition.Claim == "amr").Allowed.Select(pattern => pattern.Text));
        Assert.Equal(TimeSpan.FromMinutes(10), issuer.MaximumAge);
        Assert.Equal(("app", "id_token"), (issuer.Client!.Id, issuer.Client.Token));
    }

    [Fact]
    public void Reads_the_example_of_the_README()
    {
        string readme = File.ReadAllText(Path.Combine(SourceTree.Root, "README.md"));
        string section = readme[readme.IndexOf("## Identities", StringComparison.Ordinal)..];
        int begin = section.IndexOf("```json\n", StringComparison.Ordinal) + "```json\n".Length;

        OpenIdIssuers issuers = IdentitiesFile.Read(_folder.Write("readme.json", section[begin..section.IndexOf("\n```", begin, StringComparison.Ordinal)])).Value!;

        Assert.Equal(["entra", "github"], issuers.All.Select(issuer => issuer.Name));
        Assert.True(issuers.All[1].SingleUse);
    }

    [Theory]
    [InlineData("name", "\"\"", "the name of https://idp.example.com is none")]
    [InlineData("name", "\"a b\"", "the name of https://idp.example.com is none")]
    [InlineData("name", "null", "issuers[0].name is null")]
    [InlineData("issuer", "\"http://idp.example.com\"", "issuer idp: issuer is no https address")]
    [InlineData("issuer", "\"https://idp.example.com?tenant=1\"", "issuer idp: issuer is no https address")]
    [InlineData("issuer", "\"idp\"", "issuer idp: issuer is no https address")]
    [InlineData("audiences", "[]", "issuer idp: audiences is empty")]
    [InlineData("audiences", "\"sshfn\"", "issuers[0].audiences is not a JSON array")]
    [InlineData("audience", "\"sshfn\"", "issuers[0].audience is not a member here")]
    [InlineData("kind", "\"host\"", "issuer idp: kind is neither person nor service")]
    [InlineData("subject", "\"alice\"", "issuer idp: subject is no template")]
    [InlineData("subject", "\"{email|upper}\"", "issuer idp: subject is no template")]
    [InlineData("algorithms", "[]", "issuer idp: algorithms has one that no token may be signed with")]
    [InlineData("algorithms", "[\"none\"]", "issuer idp: algorithms has one that no token may be signed with")]
    [InlineData("algorithms", "[\"RS256\",\"HS256\"]", "issuer idp: algorithms has one that no token may be signed with")]
    [InlineData("groups", "{\"prefix\":\"x:\"}", "issuer idp: groups.claim is missing")]
    [InlineData("groups", "{\"claim\":\"\"}", "issuer idp: groups.claim is missing")]
    [InlineData("groups", "{\"claim\":\"g\",\"prefix\":\"x:\",\"table\":{}}", "issuer idp: groups has both a prefix and a table")]
    [InlineData("groups", "{\"claim\":\"g\",\"table\":{\"a\":\"b c\"}}", "issuer idp: groups.table.a is \"b c\"")]
    [InlineData("groups", "{\"claim\":\"g\",\"table\":{\"a\":\"b\",\"a\":\"c\"}}", "issuers[0].groups.table.a is given more than once")]
    [InlineData("groups", "{\"fixed\":[\"b c\"]}", "issuer idp: groups.fixed has \"b c\"")]
    [InlineData("userName", "\"x\"", "issuer idp: userName is no template")]
    [InlineData("userNames", "{\"a b\":\"c\"}", "issuer idp: userNames has \"a b\"")]
    [InlineData("userNames", "{\"a\":\"-c\"}", "issuer idp: userNames.a is \"-c\"")]
    [InlineData("conditions", "{\"ref\":[]}", "issuer idp: conditions.ref allows nothing")]
    [InlineData("conditions", "{\"ref\":[\"\"]}", "issuer idp: conditions.ref allows nothing")]
    [InlineData("conditions", "{\"ref\":\"main\"}", "issuers[0].conditions.ref is not a JSON array")]
    [InlineData("maximumAgeSeconds", "0", "issuer idp: maximumAgeSeconds is out of bounds")]
    [InlineData("scopes", "[\"openid\"]", "issuer idp: clientId is missing")]
    [InlineData("clientId", "\"app\"", "issuer idp: audiences lacks the clientId")]
    [InlineData("clientId", "\"\"", "issuer idp: clientId is empty")]
    public void Names_the_issuer_and_the_field_of_a_fault_and_what_would_fix_it(string member, string value, string detail)
    {
        JsonObject issuer = JsonNode.Parse(Least)!.AsObject();
        issuer[member] = "?";

        Refusal refusal = Bind(issuer.ToJsonString().Replace("\"?\"", value, StringComparison.Ordinal)).Refusal!;

        Assert.StartsWith(detail, refusal.Detail, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(refusal.Fix));
    }

    [Theory]
    [InlineData("\"kind\":\"service\",\"clientId\":\"sshfn\"", "only people sign in")]
    [InlineData("\"kind\":\"person\",\"clientId\":\"sshfn\",\"singleUse\":true", "again and again")]
    [InlineData("\"kind\":\"person\",\"clientId\":\"sshfn\",\"clientToken\":\"refresh_token\"", "neither id_token nor access_token")]
    [InlineData("\"kind\":\"person\",\"clientId\":\"sshfn\",\"scopes\":[\"openid email\"]", "has a blank")]
    [InlineData("\"kind\":\"person\",\"clientId\":\"sshfn\",\"scopes\":[\"email\"]", "lacks openid")]
    public void Refuses_a_sign_in_that_could_not_work(string members, string detail) => Assert.Contains(
        detail,
        Bind($$"""{"name":"idp","issuer":"https://idp.example.com","audiences":["sshfn"],"subject":"{email}",{{members}}}""").Refusal!.Detail,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("two of a name", "https://other.example.com", "other", "two issuers are named idp")]
    [InlineData("one issuer and audience twice", "https://idp.example.com", "sshfn", "are one issuer with one audience, sshfn")]
    public void Refuses(string defect, string issuer, string audience, string detail)
    {
        string name = defect == "two of a name" ? "idp" : "second";
        string other = $$"""{"name":"{{name}}","issuer":"{{issuer}}","audiences":["{{audience}}"],"kind":"person","subject":"{email}"}""";

        Assert.Contains(detail, Bind($"{Least},{other}").Refusal!.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "the text is empty")]
    [InlineData("[]", "the text is not a JSON object")]
    [InlineData("{\"issuers\":[],}", "the text is not JSON at line 1")]
    [InlineData("{\"issuers\":[", "the text ends before its JSON does")]
    [InlineData("{}", "issuers is missing")]
    public void Names_the_file_that_it_can_not_read(string text, string detail)
    {
        string file = _folder.Write("identities.json", text);

        Refusal refusal = IdentitiesFile.Read(file).Refusal!;

        Assert.StartsWith($"--identities {file}: {detail}", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_the_file_that_is_not_there() =>
        Assert.Contains("--identities /nowhere/at/all.json: can't be read", IdentitiesFile.Read("/nowhere/at/all.json").Refusal!.Detail, StringComparison.Ordinal);

    private static Result<OpenIdIssuers> Bind(string issuers) => IdentitiesFile.Bind(Encoding.UTF8.GetBytes($"{{\"issuers\":[{issuers}]}}"));
}
