using System.Collections.Immutable;
using SshFunctions.Api;

namespace SshFunctions.App.Tests.Authorization;

/// <summary>Every HTTP function, and what a caller must be for it.</summary>
internal static partial class MatrixTable
{
    private const string Web = "{p}/production/web";
    private const string Projects = "/api/projects";

    /// <summary>All rows.</summary>
    public static ImmutableArray<MatrixRow> Rows { get; } = [.. Open(), .. Callers(), .. Tree(), .. Grants(), .. Access(), .. Hosts(), .. Journal(), .. Requests()];

    private static IEnumerable<MatrixRow> Open() =>
    [
        new("GetHealth", Needs.Nothing, Routes.Health),
        new("GetTrustBundle", Needs.Nothing, Routes.TrustBundle),
        new("GetSignedTrustBundle", Needs.Nothing, Routes.SignedTrustBundle),
        new("GetUserCaKeys", Needs.Nothing, Routes.UserCaKeys),
        new("GetKnownHosts", Needs.Nothing, Routes.KnownHosts),
        new("GetRevocationList", Needs.Nothing, Routes.RevocationList),
        new("GetRevocationListSignature", Needs.Nothing, Routes.RevocationListSignature),
        new("GetSignIn", Needs.Nothing, Routes.SignIn),
        new("GetOpenApi", Needs.Nothing, Routes.OpenApi),
        new("ServePortal", Needs.Nothing, "/api/portal/main.js"),
        new("HeadPortal", Needs.Nothing, "/api/portal/main.js"),
        new("ChallengeSshKey", Needs.Nothing, Routes.SshKeyChallenges, """{"publicKey":"{{publicKey}}"}"""),
        new("SignInWithSshKey", Needs.ProofInBody, Routes.SshKeySignIn, """{"challenge":"c","signature":"s"}"""),
        new("BeginSignInWithCode", Needs.ProofInBody, Routes.CodeSignIn + "?issuer=none"),
        new("SignInWithCode", Needs.ProofInBody, Routes.CodeSignIn, """{"issuer":"none","code":"c","codeVerifier":"v","nonce":"n","redirectUri":"https://example.com"}"""),
        new("EnrollHost", Needs.ProofInBody, Routes.Hosts, """{"hostKeys":["{{publicKey}}"],"sshdVersion":"9.2","enrollmentToken":"{{enrollment}}.wrong"}"""),
        new("ReceiveTicket", Needs.ProofInBody, "/api/tickets/desk", """{"path":"{{p}}/production/web"}"""),
    ];

    private static IEnumerable<MatrixRow> Callers() =>
    [
        new("WhoAmI", Needs.Anyone, Routes.Me),
        new("GetSshConfig", Needs.PersonOrService, Routes.SshConfig),
        new("RegisterKey", Needs.PersonOrService, Routes.Keys, $$"""{"name":"k","publicKey":"{{MatrixWorld.SpareKey}}"}""") { Else = [409] },
        new("RegisterKey", Needs.Owner, Routes.Keys, """{"name":"k","publicKey":"{{publicKey}}","owner":"{{owner}}"}"""),
        new("ListKeys", Needs.PersonOrService, Routes.Keys),
        new("ListKeys", Needs.Owner, Routes.Keys + "?owner={owner}"),
        new("RemoveKey", Needs.Owner, "/api/keys/{key}") { Renew = (world, p) => world.RegisterKeyAsync(p) },
        new("CreateAccessToken", Needs.Person, Routes.Tokens, """{"name":"t"}""") { Else = [400] },
        new("CreateAccessToken", Needs.Owner, Routes.Tokens, """{"name":"t","subject":"{{owner}}"}"""),
        new("ListAccessTokens", Needs.PersonOrService, Routes.Tokens),
        new("RotateAccessToken", Needs.Owner, "/api/tokens/{token}/rotate", "{}") { Renew = (world, p) => world.MakeTokenAsync(p) },
        new("RemoveAccessToken", Needs.Owner, "/api/tokens/{token}") { Renew = (world, p) => world.MakeTokenAsync(p) },
    ];

    private static IEnumerable<MatrixRow> Tree() =>
    [
        new("ListProjects", Needs.PersonOrService, Routes.Projects),
        new("PutProject", Needs.Manager, Projects + "/{p}", "{}"),
        new("GetProject", Needs.Auditor, Projects + "/{p}"),
        new("RemoveProject", Needs.Manager, Projects + "/{p}") { Else = [409] },
        new("ListEnvironments", Needs.Auditor, Projects + "/{p}/environments"),
        new("PutEnvironment", Needs.Manager, Projects + "/{p}/environments/production", "{}") { Else = [404] },
        new("GetEnvironment", Needs.Auditor, Projects + "/{p}/environments/production"),
        new("RemoveEnvironment", Needs.Manager, Projects + "/{p}/environments/production") { Else = [409] },
        new("ListResources", Needs.Auditor, Projects + "/{p}/environments/production/resources"),
        new("PutResource", Needs.Manager, Projects + "/{p}/environments/production/resources/made", """{"hosts":[{"name":"made.{{p}}.example.com"}],"logins":["deploy"]}""") { Else = [404] },
        new("GetResource", Needs.Auditor, Projects + "/{p}/environments/production/resources/web"),
        new("RemoveResource", Needs.Manager, Projects + "/{p}/environments/production/resources/web") { Else = [409] },
        new("ListPlaces", Needs.PersonOrService, Routes.Places),
        new("ListPlaces", Needs.PersonOrService, Routes.Places + "?below={p}"),
        new("ListPlaces", Needs.PersonOrService, Routes.Places + "?above={p}/production/web"),
        new("ListVisibleResources", Needs.PersonOrService, Routes.VisibleResources),
        new("ListVisibleResources", Needs.PersonOrService, Routes.VisibleResources + "?below={p}&search=web"),
        new("SetSshSwitch", Needs.Manager, "/api/ssh-switch/{p}", """{"state":"enabled"}"""),
        new("SetSshSwitch", Needs.Manager, "/api/ssh-switch/{p}/production", """{"state":"enabled"}"""),
        new("SetSshSwitch", Needs.Developer, "/api/ssh-switch/" + Web, """{"state":"enabled"}"""),
    ];

    private static IEnumerable<MatrixRow> Grants() =>
    [
        new("PutGrant", Needs.Manager, "/api/grants/put-{p}", """{"path":"{{p}}","role":"auditor","subject":"nobody@{{p}}"}"""),
        new("GetGrant", Needs.Auditor, "/api/grants/{grant}"),
        new("ListGrants", Needs.Auditor, Routes.Grants + "?path={p}"),
        new("ListGrants", Needs.AuditorOfAll, Routes.Grants),
        new("RemoveGrant", Needs.Manager, "/api/grants/{grant}") { Renew = (world, p) => world.MakeGrantAsync(p) },
        new("GetAccessRule", Needs.Auditor, Routes.AccessRule + "?path={p}"),
        new("ListAccessRules", Needs.Auditor, Routes.AccessRules + "?path={p}"),
        new("PutAccessRule", Needs.Manager, Routes.AccessRule + "?path={p}", "{}"),
        new("RemoveAccessRule", Needs.Manager, Routes.AccessRule + "?path={p}") { Renew = (world, p) => world.MakeRuleAsync(p), Else = [404] },
        new("RevokeAccess", Needs.Manager, Routes.Revocations, """{"reason":"r","grant":"{{grant}}"}""") { Renew = (world, p) => world.MakeGrantAsync(p) },
        new("RevokeAccess", Needs.Manager, Routes.Revocations, """{"reason":"r","host":"{{spareHost}}"}""") { Renew = (world, p) => world.EnrollSpareAsync(p) },
        new("RevokeAccess", Needs.Manager, Routes.Revocations, """{"reason":"r","serial":{{serial}}}""") { OrOwner = true, Renew = (world, p) => world.IssueAsync(p) },
        new("RevokeAccess", Needs.ManagerOfAll, Routes.Revocations, """{"reason":"r","subject":"gone@example.com"}"""),
        new("RevokeAccess", Needs.ManagerOfAll, Routes.Revocations, $$"""{"reason":"r","key":"{{MatrixWorld.SpareKey}}"}"""),
        new("ListRevocations", Needs.AuditorOfAll, Routes.Revocations),
        new("LiftRevocation", Needs.ManagerOfAll, "/api/revocations/subject:gone@example.com") { Else = [404] },
    ];
}
