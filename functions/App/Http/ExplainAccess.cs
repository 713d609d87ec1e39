using System.Collections.Immutable;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Tells what a mint would answer, with every rule that spoke; mints nothing and records nothing.</summary>
internal sealed class ExplainAccess : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(ExplainAccess),
        "Tells what a mint would answer now, and every rule that allowed or refused it.",
        FunctionAccess.Authenticated,
        new FunctionRoute("POST", Routes.ExplainAccess) { Request = typeof(ExplainAccessRequest), Response = typeof(ExplainAccessResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.ExplainAccess, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        AccessEvaluator access,
        ResourceTree tree,
        KnownResource known,
        Authority authority,
        CertificateLimits limits,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        Caller caller = context.Caller();
        if (!(await Requests.ReadAsync<ExplainAccessRequest>(context, cancellationToken)).Try(out ExplainAccessRequest? request, out Refusal? refusal)
            || !(await DestinationContract.ResolveAsync(request.Destination, request.Resource, request.Login, caller, tree, known, cancellationToken))
                .Try(out ResolvedDestination? target, out refusal)
            || !WhoOf(request, caller).Try(out Caller? who, out refusal))
            return Problems.From(refusal);
        if (who != caller
            && !(await authority.RequireAsync(caller, target.Resource.Path, Right.Read, cancellationToken)).Try(out _, out refusal))
            return Problems.From(refusal);
        AccessDecision decision = await access.DecideAsync(who, target.Resource, target.Login, clock.GetUtcNow(), cancellationToken);
        return Responses.Ok(DecisionContract.Of(decision, who, target, limits));
    }

    private static Result<Caller> WhoOf(ExplainAccessRequest request, Caller caller)
    {
        if (request.Subject is null)
        {
            return request.Groups is null && request.UserName is null
                ? caller
                : new Refusal.Invalid("subject", "groups and user name are given without their subject", "name the subject");
        }

        if (!Fields.Parse<Subject>(request.Subject, "subject", Subject.Rule).Try(out Subject subject, out Refusal? refusal)
            || !Fields.ParseAll<GroupName>(request.Groups ?? [], "groups", GroupName.Rule, AccessTokenRegistry.MaximumGroupCount)
                .Try(out ImmutableArray<GroupName> groups, out refusal))
            return refusal;
        if (request.UserName is null) return new Caller(CallerKind.Person, subject, groups);
        return Fields.Parse<Login>(request.UserName, "userName", Login.Rule).Try(out Login name, out refusal)
            ? new Caller(CallerKind.Person, subject, groups, UserName: name)
            : refusal;
    }
}
