using SshFunctions.Api;
using SshFunctions.Support.Broker;

namespace SshFunctions.App.Tests.Authorization;

/// <content>The objects of a project. Each method makes one anew after it was used up.</content>
public sealed partial class MatrixWorld
{
    internal async Task RegisterKeyAsync(string p) => Name(p, "key", (await _owners[p].PostAsync<RegisterKeyRequest, RegisteredKeyResponse>(
        Routes.Keys, new RegisterKeyRequest("key", _names[(p, "publicKey")]))).Id);

    internal async Task MakeTokenAsync(string p)
    {
        CreatedAccessTokenResponse made = await Root.PostAsync<CreateAccessTokenRequest, CreatedAccessTokenResponse>(
            Routes.Tokens, new CreateAccessTokenRequest("spare", Subject: _names[(p, "owner")]));
        Name(p, "token", made.AccessToken.Id);
    }

    internal Task MakeGrantAsync(string p)
    {
        Name(p, "grant", $"spare-{p}");
        return PutGrantAsync($"spare-{p}", new GrantRequest(p, "developer", Subject: $"spare@{p}"));
    }

    internal Task MakeRuleAsync(string p) =>
        Root.PutAsync<AccessRuleRequest, AccessRuleResponse>($"{Routes.AccessRule}?path={p}", new AccessRuleRequest());

    internal async Task EnrollSpareAsync(string p) => Name(p, "spareHost", (await EnrollAsync($"{p}/production/db", NewKey())).Host.Id);

    internal async Task IssueAsync(string p) =>
        Name(p, "serial", $"{(await _owners[p].IssueAsync(NewKey(), $"{p}/production/web", "deploy")).Serial}");

    internal async Task IssueOnceAsync(string p)
    {
        BrokerApi once = As(await Root.CreateTokenAsync($"once@{p}"));
        Name(p, "once", (await once.IssueAsync(NewKey(), $"{p}/production/web", "deploy")).Certificate);
    }

    internal async Task MintPasscodeAsync(string p) => Name(p, "passcode", (await _owners[p].PostAsync<MintPasscodeRequest, PasscodeResponse>(
        Routes.Passcodes, new MintPasscodeRequest($"{p}/production/web", "deploy", LifetimeSeconds: 900))).Passcode);

    internal async Task OpenRequestAsync(string p) => Name(p, "request", (await _owners[p].PostAsync<OpenAccessRequestRequest, AccessRequestResponse>(
        Routes.AccessRequests, new OpenAccessRequestRequest($"{p}/production/web", "work"))).Id);

    internal async Task MakeEnrollmentTokenAsync(string p) => Name(p, "enrollment", (await MakeEnrollmentTokenAsync($"{p}/production/db", p)).EnrollmentToken.Id);

    private async Task<CreatedEnrollmentTokenResponse> MakeEnrollmentTokenAsync(string resource, string p)
    {
        Assert.StartsWith(p, resource, StringComparison.Ordinal);
        return await Root.PostAsync<CreateEnrollmentTokenRequest, CreatedEnrollmentTokenResponse>(Routes.EnrollmentTokens, new CreateEnrollmentTokenRequest(resource));
    }

    private async Task<EnrolledHostResponse> EnrollAsync(string resource, string key)
    {
        CreatedEnrollmentTokenResponse token = await MakeEnrollmentTokenAsync(resource, resource);
        return await As(null).PostAsync<EnrollHostRequest, EnrolledHostResponse>(Routes.Hosts, new EnrollHostRequest([key], "9.2", EnrollmentToken: token.Token));
    }

    private Task<GrantResponse> PutGrantAsync(string id, GrantRequest grant) => Root.PutAsync<GrantRequest, GrantResponse>($"{Routes.Grants}/{id}", grant);

    private async Task MakeGitPasswordAsync(string p) => Name(p, "gitPassword", (await _owners[p].PostAsync<MintGitPasswordRequest, GitPasswordResponse>(
        Routes.GitPasswords, new MintGitPasswordRequest($"git.{p}.example.com", 443))).Password);
}
