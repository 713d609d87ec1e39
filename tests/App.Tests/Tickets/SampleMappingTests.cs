using System.Text;
using System.Text.Json.Nodes;
using SshFunctions.App.Hosting.Tickets;
using SshFunctions.App.Tests.Brokers;
using SshFunctions.Core.Tickets;
using SshFunctions.Support.Files;
using SshFunctions.Support.Programs;

namespace SshFunctions.App.Tests.Tickets;

/// <summary>The mappings of infra/tickets, on what those systems send.</summary>
public sealed class SampleMappingTests : IDisposable
{
    // The shape of Jira's webhook "issue created": developer.atlassian.com, "Webhooks", with the fields of a service request.
    private const string Jira = """
        {"timestamp":1893456000000,"webhookEvent":"jira:issue_created","issue_event_type_name":"issue_created",
        "user":{"accountId":"5b10a2844c20165700ede21g","displayName":"Alice","emailAddress":"alice@example.com"},
        "issue":{"id":"10042","self":"https://example.atlassian.net/rest/api/2/issue/10042","key":"OPS-42","fields":{
        "summary":"Deploy hotfix of the\r\nshop","issuetype":{"name":"Service Request"},"reporter":{"emailAddress":"alice@example.com","active":true},
        "status":{"name":"Waiting for approval","statusCategory":{"id":2,"key":"new","name":"To Do"}},"labels":[],"priority":{"name":"High"},
        "customfield_10050":{"self":"https://example.atlassian.net/rest/api/2/customFieldOption/10","value":"Web shop, production","id":"10"},
        "customfield_10051":{"value":"deploy","id":"11"},"customfield_10052":null,"customfield_10053":{"value":"8h","id":"13"},"customfield_10054":null}}}
        """;

    // A requested item as an outbound REST message of ServiceNow sends it.
    private const string ServiceNow = """
        {"sys_id":"d645a36bc3a2561098d2ffdd050131c2","number":"RITM0010023","state":"approved_for_access","short_description":"Look at the logs of web",
        "requested_for":{"user_name":"alice","email":"alice@example.com"},"opened_by":{"email":"desk@example.com"},
        "variables":{"project":"acme","stage":"production","server":"web","role":"Developer","accounts":"deploy","hours":"2","public_key":""}}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Jira_Service_Management_opens_and_closes()
    {
        TicketSource source = Load("jira-service-management.json");
        TicketFields opened = Try(source, Jira);
        Assert.Equal(
            new TicketFields("open", "OPS-42", "alice@example.com", "acme/production/web", "8h", "Deploy hotfix of the\r\nshop", "https://example.atlassian.net/browse/OPS-42", Logins: "deploy"),
            opened);
        Assert.Equal("close", Try(source, Jira.Replace("issue_created\",\"issue", "issue_updated\",\"issue", StringComparison.Ordinal).Replace("\"key\":\"new\"", "\"key\":\"done\"", StringComparison.Ordinal)).Event);
        Assert.Equal("ignore", Try(source, Jira.Replace("jira:issue_created", "jira:issue_updated", StringComparison.Ordinal)).Event);
        Assert.False(TicketIntake.Try(source, Encoding.UTF8.GetBytes(Jira.Replace("Web shop, production", "Payroll", StringComparison.Ordinal))).Succeeded);
    }

    [Fact]
    public void ServiceNow_opens_and_closes_and_a_variable_adds_no_level_to_the_path()
    {
        TicketSource source = Load("servicenow.json");
        TicketFields opened = Try(source, ServiceNow);
        Assert.Equal(("open", "RITM0010023", "acme/production/web", "developer", "2h"), (opened.Event, opened.Reference, opened.Path, opened.Role, opened.Duration));
        Assert.Equal("close", Try(source, ServiceNow.Replace("approved_for_access", "closed_complete", StringComparison.Ordinal)).Event);
        Assert.Equal("ignore", Try(source, ServiceNow.Replace("approved_for_access", "work_in_progress", StringComparison.Ordinal)).Event);
        Assert.False(TicketIntake.Try(source, Encoding.UTF8.GetBytes(ServiceNow.Replace("\"server\":\"web\"", "\"server\":\"web/x\"", StringComparison.Ordinal))).Succeeded);
    }

    [Theory]
    [InlineData("""{"sources":[{"name":"x","mapping":{}}]}""", "mapping")]
    [InlineData("""{"sources":[{"name":"manual","secretFile":"/x","mapping":MAPPING}]}""", "manual")]
    [InlineData("""{"sources":[{"name":"x","mapping":MAPPING}]}""", "secretFile is missing")]
    [InlineData("""{"sources":[{"name":"x","secretFile":"/none","mapping":MAPPING}]}""", "can't be read")]
    [InlineData("""{"sources":[{"name":"x","toleranceSeconds":1,"mapping":MAPPING}]}""", "toleranceSeconds")]
    public void A_wrong_file_is_refused_with_the_field(string text, string expected)
    {
        const string Rule = """{"from":"{/a}"}""";
        string mapping = $$"""{"event":{{Rule}},"reference":{{Rule}},"requester":{{Rule}},"path":{{Rule}},"duration":{{Rule}},"reason":{{Rule}}}""";
        Core.Refusal refusal = TicketsFile.Read(text.Replace("MAPPING", mapping, StringComparison.Ordinal)).Refusal!;
        Assert.Contains("--tickets (its text)", refusal.Detail, StringComparison.Ordinal);
        Assert.Contains(expected, refusal.Detail, StringComparison.Ordinal);
    }

    private static TicketFields Try(TicketSource source, string payload) => WholeBroker.Must(TicketIntake.Try(source, Encoding.UTF8.GetBytes(payload)));

    private TicketSource Load(string name)
    {
        string secret = _folder["secret"];
        File.WriteAllText(secret, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        JsonNode sample = JsonNode.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "infra", "tickets", name)))!;
        sample["sources"]![0]!["secretFile"] = secret;
        return Assert.Single(WholeBroker.Must(TicketsFile.Read(sample.ToJsonString())));
    }
}
