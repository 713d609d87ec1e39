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
            || !Read(request, caller, clock.GetUtcNow()).Try(out AccessTokenOrder? wanted, out refusal)
            || !(await TokenRight.BoundAsync(caller, wanted, authority, cancellationToken)).Try(out AccessTokenOrder? order, out refusal))
            return Problems.From(refusal);
        return Answers.Of(await tokens.CreateAsync(caller, order, cancellationToken), TokenContract.Of);
    }

    private static Result<AccessTokenOrder> Read(CreateAccessTokenRequest request, Caller caller, DateTimeOffset now)
    {
        if (!Fields.Choose(request.Kind ?? "person", "kind", TokenContract.Kinds).Try(out CallerKind kind, out Refusal? refusal)
            || !Fields.Parse<Subject>(request.Subject ?? caller.Subject.Text, "subject", Subject.Rule).Try(out Subject subject, out refusal)
            || !Fields.ParseAll<GroupName>(request.Groups ?? [], "groups", GroupName.Rule, AccessTokenRegistry.MaximumGroupCount)
                .Try(out ImmutableArray<GroupName> groups, out refusal)
            || !Fields.ParseAll<SourceRange>(request.SourceAddresses ?? [], "sourceAddresses", SourceRange.Rule, AccessTokenRegistry.MaximumSourceCount)
                .Try(out ImmutableArray<SourceRange> sources, out refusal))
            return refusal;
        if (ReservedSubjects.Contains(subject))
        {
            return new Refusal.Invalid(
                "subject", $"{subject} is the broker's own name", "name the person or service that shall use the token");
        }

        Login? userName = subject == caller.Subject ? caller.UserName : null;
        if (request.UserName is { } text)
        {
            if (!Fields.Parse<Login>(text, "userName", Login.Rule).Try(out Login given, out refusal)) return refusal;
            userName = given;
        }

        DateTimeOffset expires = request.Expires?.ToUniversalTime() ?? now + AccessTokenRegistry.DefaultLife;
        return new AccessTokenOrder(
            request.Name, kind, subject, groups, expires, request.SourceAddresses is null ? null : sources, userName);
    }
}
