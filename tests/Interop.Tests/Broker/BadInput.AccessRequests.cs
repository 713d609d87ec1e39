using SshFunctions.Api;

namespace SshFunctions.Interop.Tests.Broker;

public sealed partial record BadInput
{
    private static IEnumerable<BadInput> AccessRequests() =>
    [
        Open("a path of four names", "path", "a path is", "\"path\":\"a/b/c/d\",\"reason\":\"x\""),
        Open("everything", "path", "name a project", "\"path\":\"/\",\"reason\":\"x\""),
        Open("no reason", "reason", "give 1 to", "\"path\":\"acme\",\"reason\":\" \""),
        Open("a reason of two lines", "reason", "on one line", "\"path\":\"acme\",\"reason\":\"a\\nb\""),
        Open("no time", "durationSeconds", "give at least 60", "\"path\":\"acme\",\"reason\":\"x\",\"durationSeconds\":0"),
        Open("a year", "durationSeconds", "ask for less", "\"path\":\"acme\",\"reason\":\"x\",\"durationSeconds\":31536000"),
        Open("the role admin", "role", "ask for developer", "\"path\":\"acme\",\"reason\":\"x\",\"role\":\"admin\""),
        Open("a role above the rule's", "role", "ask for that", "\"path\":\"acme\",\"reason\":\"x\",\"role\":\"manager\""),
        Open("no logins", "logins", "name 1 to 20", "\"path\":\"acme\",\"reason\":\"x\",\"logins\":[]"),
        Open("a login that is not there", "logins", "name some of: deploy", "\"path\":\"acme/production/web\",\"reason\":\"x\",\"logins\":[\"postgres\"]"),
        Open("a folder with dots", "sftpFolder", "a folder is", "\"path\":\"acme\",\"reason\":\"x\",\"sftpFolder\":\"../etc\""),
        Open("an address without a ticket", "ticketReference", "name the ticket", "\"path\":\"acme\",\"reason\":\"x\",\"ticketUrl\":\"https://example.com\""),
        Open("an address that is none", "ticketUrl", "begins with https://", "\"path\":\"acme\",\"reason\":\"x\",\"ticketReference\":\"A-1\",\"ticketUrl\":\"javascript:1\""),
        Open("no public key", "publicKey", "send one line", "\"path\":\"acme\",\"reason\":\"x\",\"publicKey\":\"hello\""),
        Open("a place that is not there", null, "check the path", "\"path\":\"none\",\"reason\":\"x\"") with { Status = 404, Type = ProblemTypes.NotFound },
        Open("nobody's glass", null, "without it", "\"path\":\"acme\",\"reason\":\"x\",\"breakGlass\":true") with { Status = 403, Type = ProblemTypes.Denied },
        Post(Routes.AccessRequests + "/none/close", "an identifier that is none", "{}", "id", "an access request has"),
        Rule("six approvals", "approvals", "give 1 to 5", "\"approvals\":6"),
        Rule("an approver that is none", "approvers[0]", "a holder is", "\"approvers\":[\"carol\"]"),
        Rule("a longest of no time", "longestDurationSeconds", "give 60 to", "\"longestDurationSeconds\":0"),
        Rule("own approval of nobody", "autoApproval.holders", "name subject=", "\"autoApproval\":{\"holders\":[]}"),
        Rule("a day that is none", "autoApproval.windows[0].days", "use one of: monday", "\"autoApproval\":{\"holders\":[\"group=a\"],\"windows\":[{\"days\":[\"today\"]}]}"),
        Rule("an hour that is none", "autoApproval.windows[0].from", "write it as HH:mm", "\"autoApproval\":{\"holders\":[\"group=a\"],\"windows\":[{\"from\":\"24:00\"}]}"),
        Rule("a time zone that is none", "autoApproval.windows", "give an IANA name", "\"autoApproval\":{\"holders\":[\"group=a\"],\"windows\":[{\"timeZone\":\"Nowhere/Atall\"}]}"),
        Rule("the role admin", "highestRole", "give auditor", "\"highestRole\":\"admin\""),
        Rule("an unknown shape", "shapes", "use one of: role", "\"shapes\":[\"round\"]"),
        Put(Routes.AccessRule + "?path=none", "a place that is not there", "{}", "path", "make it first"),
    ];

    private static BadInput Open(string defect, string? field, string fix, string members) => Post(Routes.AccessRequests, defect, "{" + members + "}", field, fix);

    private static BadInput Rule(string defect, string? field, string fix, string members) =>
        Put(Routes.AccessRule + "?path=acme", defect, "{" + members + "}", field, fix);
}
