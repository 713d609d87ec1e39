using System.Net;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.GitPasswords;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Tells a git server whether a user name and password are good for it now.</summary>
internal sealed class CheckGitPassword : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(CheckGitPassword),
        "Tells a git server, which is a service with role auditor on its resource, whether a user name and password are good for it now.",
        FunctionAccess.Authenticated,
        new FunctionRoute("POST", Routes.GitPasswordCheck) { Request = typeof(CheckGitPasswordRequest), Response = typeof(CheckedGitPasswordResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.GitPasswordCheck, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, GitPasswordRegistry passwords, Authority authority, CancellationToken cancellationToken)
    {
        if (!(await Requests.ReadAsync<CheckGitPasswordRequest>(context, cancellationToken))
                .Try(out CheckGitPasswordRequest? request, out Refusal? refusal)
            || !Fields.Parse<ResourcePath>(request.Resource, "resource", ResourcePath.Rule).Try(out ResourcePath resource, out refusal)
            || !(await RequireServerAsync(context.Caller(), resource, authority, cancellationToken)).Try(out _, out refusal))
            return Problems.From(refusal);
        IPAddress? source = null;
        if (request.ClientAddress is { } text && !IPAddress.TryParse(text, out source))
            return Problems.From(new Refusal.Invalid("clientAddress", "it is no address", "give one such as 192.0.2.7, or leave it out"));
        int dot = request.Password.IndexOf('.', StringComparison.Ordinal);
        using Secret secret = Secret.Of(request.Password.AsSpan(dot + 1));
        return Answers.Of(
            await passwords.CheckAsync(resource, request.UserName, dot < 0 ? "" : request.Password[..dot], secret, source, cancellationToken), Of);
    }

    private static async Task<Result<Role>> RequireServerAsync(
        Caller caller, ResourcePath resource, Authority authority, CancellationToken cancellationToken) =>
        caller.Kind is CallerKind.Service or CallerKind.Host
            ? await authority.RequireAsync(caller, resource, Right.Read, cancellationToken)
            : new Refusal.Denied("only a git server checks passwords", "use an access token of kind service");

    private static CheckedGitPasswordResponse Of(GitPassword password) =>
        new(password.Subject.Text, password.UserName?.Text, password.Login.Text, password.Grant.Text, password.Expires);
}
