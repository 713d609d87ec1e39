using System.Collections.Immutable;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Creates an access token: for the caller itself, or for anybody by an admin.</summary>
internal sealed class CreateAccessToken : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(CreateAccessToken),
        "Creates an access token. Its secret is in this answer and nowhere else.",
        FunctionAccess.Authenticated,
        new FunctionRoute("POST", Routes.Tokens) { Request = typeof(CreateAccessTokenRequest), Response = typeof(CreatedAccessTokenResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.Tokens, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, AccessTokenRegistry tokens, Authority authority, TimeProvider clock, CancellationToken cancellationToken)
    {
        Caller caller = context.Caller();
        if (!(await Requests.ReadAsync<CreateAccessTokenRequest>(context, cancellationToken))
                .Try(out CreateAccessTokenRequest? request, out Refusal? refusal)
            || !Fields.Choose(request.Kind ?? "person", "kind", TokenContract.Kinds).Try(out CallerKind kind, out refusal)
            || !Fields.Parse<Subject>(request.Subject ?? caller.Subject.Text, "subject", Subject.Rule).Try(out Subject subject, out refusal)
            || !Fields.ParseAll<GroupName>(request.Groups ?? [], "groups", GroupName.Rule, AccessTokenRegistry.MaximumGroupCount)
                .Try(out ImmutableArray<GroupName> groups, out refusal))
            return Problems.From(refusal);
        if (ReservedSubjects.Contains(subject))
        {
            return Problems.From(new Refusal.Invalid(
                "subject", $"{subject} is the broker's own name", "name the person or service that shall use the token"));
        }

        DateTimeOffset expires = request.Expires?.ToUniversalTime() ?? clock.GetUtcNow() + AccessTokenRegistry.DefaultLife;
        bool admin = await authority.FindRoleAsync(caller, ResourcePath.Root, cancellationToken) == Role.Admin;
        if (!admin)
        {
            if (subject != caller.Subject || groups.Except(caller.Groups).Any() || kind != caller.Kind)
            {
                return Problems.From(new Refusal.Denied(
                    "only an admin creates a token for somebody else, of another kind or with further groups", "leave subject, kind and groups out"));
            }

            // A token that outlived the one that made it would make every token eternal.
            if (caller.Expires < expires) expires = caller.Expires.Value;
        }

        Result<CreatedAccessToken> result = await tokens.CreateAsync(caller, request.Name, kind, subject, groups, expires, cancellationToken);
        if (!result.Try(out CreatedAccessToken? created, out refusal)) return Problems.From(refusal);
        using Secret secret = created.Secret;
        return Responses.Ok(new CreatedAccessTokenResponse(TokenContract.Of(created.Token), $"{created.Token.Id}.{secret.Reveal()}"));
    }
}
