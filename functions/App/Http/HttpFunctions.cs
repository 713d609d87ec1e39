using System.Collections.Immutable;

namespace SshFunctions.App.Http;

/// <summary>Every HTTP function of the broker. A test finds one that is missing here.</summary>
internal static class HttpFunctions
{
    public static ImmutableArray<IHttpFunction> All { get; } =
    [
        new GetHealth(),
        new GetTrustBundle(),
        new GetRevocationList(),
        new GetSignIn(),
        new WhoAmI(),
        new ChallengeSshKey(),
        new SignInWithSshKey(),
        new RegisterKey(),
        new ListKeys(),
        new RemoveKey(),
        new AuthorizeKey(),
        new GetAuthorizedKeys(),
        new IssueUserCertificate(),
        new MintGitPassword(),
        new CheckGitPassword(),
        new MintPasscode(),
        new RedeemPasscode(),
        new SpendCertificate(),
        new RevokeAccess(),
        new ListRevocations(),
        new LiftRevocation(),
        new PutProject(),
        new GetProject(),
        new ListProjects(),
        new RemoveProject(),
        new PutEnvironment(),
        new GetEnvironment(),
        new ListEnvironments(),
        new RemoveEnvironment(),
        new PutResource(),
        new GetResource(),
        new ListResources(),
        new RemoveResource(),
        new ListVisibleResources(),
        new SetSshSwitch(),
        new ExplainAccess(),
        new PutGrant(),
        new GetGrant(),
        new ListGrants(),
        new RemoveGrant(),
        new CreateAccessToken(),
        new RotateAccessToken(),
        new ListAccessTokens(),
        new RemoveAccessToken(),
        new ReadJournal(),
        new GetSshConfig(),
        new GetOpenApi(),
    ];
}
