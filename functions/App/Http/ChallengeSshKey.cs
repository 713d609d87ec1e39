using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Keys;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.App.Http;

/// <summary>Hands out a challenge to be signed with an SSH key, whoever it belongs to.</summary>
internal sealed class ChallengeSshKey : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(ChallengeSshKey),
        "Makes a challenge to sign in with: sign it with the SSH key within a minute.",
        FunctionAccess.Open,
        new FunctionRoute("POST", Routes.SshKeyChallenges) { Request = typeof(SshKeyChallengeRequest), Response = typeof(SshKeyChallengeResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.SshKeyChallenges, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, SignInChallenges challenges, BrokerUrl broker, CancellationToken cancellationToken)
    {
        if (!(await Requests.ReadAsync<SshKeyChallengeRequest>(context, cancellationToken))
                .Try(out SshKeyChallengeRequest? request, out Refusal? refusal)
            || !SubmittedKey.Parse(request.PublicKey, "publicKey").Try(out SshPublicKey? key, out refusal)
            || !broker.Find().Try(out string? url, out refusal))
            return Problems.From(refusal);
        IssuedChallenge issued = await challenges.IssueAsync(url, key.Fingerprint, cancellationToken);
        return Responses.Ok(new SshKeyChallengeResponse(issued.Text, SshKeySignIn.Namespace, issued.Expires));
    }
}
