using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.GitPasswords;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Mints a short-lived password for git over HTTPS.</summary>
internal sealed class MintGitPassword : IHttpFunction
{
    private const int DefaultPort = 443;
    private const string DefaultLogin = "git";

    public FunctionDeclaration Declaration { get; } = new(
        nameof(MintGitPassword),
        "Mints a password of at most 10 minutes for git over HTTPS to one server.",
        FunctionAccess.Authenticated,
        new FunctionRoute("POST", Routes.GitPasswords) { Request = typeof(MintGitPasswordRequest), Response = typeof(GitPasswordResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.GitPasswords, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, GitPasswordRegistry passwords, ResourceTree tree, CancellationToken cancellationToken)
    {
        if (!(await Requests.ReadAsync<MintGitPasswordRequest>(context, cancellationToken))
                .Try(out MintGitPasswordRequest? request, out Refusal? refusal)
            || !(await DestinationContract.ResolveAsync(Of(request), "", tree, cancellationToken))
                .Try(out ResolvedDestination? target, out refusal))
            return Problems.From(refusal);
        Result<MintedGitPassword> result = await passwords.MintAsync(
            context.Caller(), target.Resource, target.Login, context.SourceAddress(), cancellationToken);
        return Answers.Of(result, Of);
    }

    private static Destination Of(MintGitPasswordRequest request) =>
        new(request.Host, request.Port ?? DefaultPort, request.Login ?? DefaultLogin);

    private static GitPasswordResponse Of(MintedGitPassword minted)
    {
        using Secret secret = minted.Secret;
        GitPassword password = minted.Password;
        return new GitPasswordResponse(
            password.Login.Text, $"{password.Id}.{secret.Reveal()}", password.Expires, password.Resource.Text, password.Grant.Text);
    }
}
