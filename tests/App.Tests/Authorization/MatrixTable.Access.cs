using SshFunctions.Api;

namespace SshFunctions.App.Tests.Authorization;

/// <content>What gives access, hosts and the journal.</content>
internal static partial class MatrixTable
{
    private const string KnowsAddress = "who knows an address, whose host key is signed for all to see, is told where to ask for access";

    private static IEnumerable<MatrixRow> Access() =>
    [
        new("ExplainAccess", Needs.PersonOrService, Routes.ExplainAccess, """{"resource":"{{p}}/production/web","login":"deploy"}""") { Else = [404] },
        new("ExplainAccess", Needs.PersonOrService, Routes.ExplainAccess, """{"destination":{"host":"web.{{p}}.example.com","port":22,"login":"deploy"}}""") { Tells = KnowsAddress, Else = [404] },
        new("ExplainAccess", Needs.Auditor, Routes.ExplainAccess, """{"resource":"{{p}}/production/web","login":"deploy","subject":"somebody@example.com"}"""),
        new("IssueUserCertificate", Needs.Developer, Routes.UserCertificates, """{"publicKey":"{{publicKey}}","resource":"{{p}}/production/web","login":"deploy"}"""),
        new("IssueUserCertificate", Needs.Developer, Routes.UserCertificates, """{"publicKey":"{{publicKey}}","destination":{"host":"web.{{p}}.example.com","port":22,"login":"deploy"}}""") { Tells = KnowsAddress },
        new("MintPasscode", Needs.Developer, Routes.Passcodes, """{"resource":"{{p}}/production/web","login":"deploy"}""") { Else = [409] },
        new("MintPasscode", Needs.Developer, Routes.Passcodes, """{"resource":"{{p}}/production/web"}""") { Else = [409] },
        new("RedeemPasscode", Needs.HostItself, Routes.PasscodeRedemptions, """{"passcode":"{{passcode}}","login":"deploy"}""") { Renew = (world, p) => world.MintPasscodeAsync(p) },
        new("MintGitPassword", Needs.Developer, Routes.GitPasswords, """{"host":"git.{{p}}.example.com","port":443}""") { Tells = KnowsAddress },
        new("CheckGitPassword", Needs.GitServer, Routes.GitPasswordCheck, """{"resource":"{{p}}/production/git","userName":"git","password":"{{gitPassword}}"}"""),
        new("ListAccessHolders", Needs.Auditor, Routes.AccessHolders + "?path={p}"),
        new("ListAccessHolders", Needs.AuditorOfAll, Routes.AccessHolders),
    ];

    private static IEnumerable<MatrixRow> Requests() =>
    [
        new("ListAccessRequests", Needs.PersonOrService, Routes.AccessRequests + "?scope=all"),
        new("ListAccessRequests", Needs.PersonOrService, Routes.AccessRequests + "?scope=all&path={p}"),
        new("GetAccessRequest", Needs.Auditor, "/api/access-requests/{request}") { OrOwner = true },
        new("DecideAccessRequest", Needs.Manager, "/api/access-requests/{request}/decision", """{"decision":"deny"}""") { Renew = (world, p) => world.OpenRequestAsync(p) },
        new("ExtendAccessRequest", Needs.OwnerAlone, "/api/access-requests/{request}/extension", """{"durationSeconds":600,"reason":"r"}""") { Else = [409] },
        new("CloseAccessRequest", Needs.Manager, "/api/access-requests/{request}/close", """{"reason":"r"}""") { OrOwner = true, Renew = (world, p) => world.OpenRequestAsync(p) },
        new("ReviewAccessRequest", Needs.Manager, "/api/access-requests/{request}/review", """{"note":"n"}""") { Else = [409] },
        // The last of all: from then on requesters of one project are known in the other.
        new("OpenAccessRequest", Needs.PersonOrService, Routes.AccessRequests, """{"path":"{{p}}/production/web","reason":"work"}""")
        {
            Tells = "who may ask for access is the rule's to say, by default anybody",
            Else = [404],
        },
    ];

    private static IEnumerable<MatrixRow> Hosts() =>
    [
        new("CreateEnrollmentToken", Needs.Manager, Routes.EnrollmentTokens, """{"resource":"{{p}}/production/db"}"""),
        new("ListEnrollmentTokens", Needs.PersonOrService, Routes.EnrollmentTokens),
        new("RemoveEnrollmentToken", Needs.Manager, "/api/enrollment-tokens/{enrollment}") { Renew = (world, p) => world.MakeEnrollmentTokenAsync(p) },
        new("ListHosts", Needs.Auditor, Routes.Hosts + "?path={p}"),
        new("ListHosts", Needs.AuditorOfAll, Routes.Hosts),
        new("GetHost", Needs.Auditor, "/api/hosts/{host}") { OrHostItself = true },
        new("RemoveHost", Needs.Manager, "/api/hosts/{spareHost}") { Renew = (world, p) => world.EnrollSpareAsync(p) },
        new("ReportHost", Needs.HostItself, "/api/hosts/{host}/report", MatrixWorld.Report),
        new("RecordSession", Needs.HostItself, "/api/hosts/{host}/sessions", """{"events":[{"session":"s","event":"opened","time":"2026-01-01T00:00:00Z","login":"deploy","method":"other"}]}"""),
        new("SpendCertificate", Needs.HostItself, "/api/hosts/{host}/spent-certificates", """{"certificate":"{{once}}","login":"deploy","session":"s"}""") { Renew = (world, p) => world.IssueOnceAsync(p) },
        new("GetAuthorizedKeys", Needs.HostItself, "/api/hosts/{host}/authorized-keys"),
        new("AuthorizeKey", Needs.HostOfProject, Routes.AuthorizeKey, """{"login":"deploy","publicKey":"{{publicKey}}"}"""),
        new("IssueHostCertificate", Needs.HostItself, Routes.HostCertificates, """{"publicKey":"{{hostKey}}"}"""),
        new("IssueTunnelCertificate", Needs.Host, Routes.TunnelCertificates, """{"publicKey":"{{publicKey}}"}""") { Else = [404] },
    ];

    private static IEnumerable<MatrixRow> Journal() =>
    [
        new("ReadJournal", Needs.Auditor, Routes.Journal + "?resource={p}"),
        new("ReadJournal", Needs.AuditorOfAll, Routes.Journal),
        new("ReadJournal", Needs.Auditor, Routes.Journal + "?request={request}") { OrOwner = true },
        new("ReadJournal", Needs.Owner, Routes.Journal + "?subject={owner}"),
        new("ExportJournal", Needs.Auditor, Routes.JournalExport + "?resource={p}"),
        new("ExportJournal", Needs.AuditorOfAll, Routes.JournalExport),
        new("ListAccessDeeds", Needs.Auditor, Routes.AccessDeeds + "?resource={p}"),
        new("ListAccessDeeds", Needs.AuditorOfAll, Routes.AccessDeeds),
        new("ListCheckpoints", Needs.Auditor, Routes.Checkpoints + "?path={p}"),
        new("ProveCheckpoint", Needs.AuditorOfAll, Routes.CheckpointConsistency + "?from=1") { Else = [400, 404] },
        new("ProveJournalEntry", Needs.AuditorOfAll, "/api/audit/65537/proof") { Else = [409] },
        new("ListForwarding", Needs.AuditorOfAll, Routes.JournalForwarding),
        new("ListFailedNotifications", Needs.AuditorOfAll, Routes.FailedNotifications),
        new("RetryNotification", Needs.AdminOfAll, "/api/notifications/dead/none/retry") { Else = [404] },
        new("GetKeyRotations", Needs.AdminOfAll, Routes.KeyRotations),
        new("RotateKey", Needs.AdminOfAll, Routes.KeyRotations, """{"purpose":"user-ca","dryRun":true}"""),
        new("AbortKeyRotation", Needs.AdminOfAll, "/api/ca/rotation/user-ca?reason=r") { Else = [409] },
    ];
}
