using System.Collections.Immutable;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Sessions;

namespace SshFunctions.App.Http;

/// <summary>Records logins and logouts on the calling host, and matches each login with what the broker issued.</summary>
internal sealed class RecordSession : IHttpFunction
{
    private static readonly EventId Alarm = new(41, "UnexplainedLogin");

    public FunctionDeclaration Declaration { get; } = new(
        nameof(RecordSession),
        "Records logins and logouts on the calling host; a login that nothing this broker issued explains raises an alarm.",
        FunctionAccess.Authenticated,
        new FunctionRoute("POST", Routes.HostSessions) { Request = typeof(RecordSessionsRequest), Response = typeof(RecordedSessionsResponse) })
    {
        ForHosts = true,
    };

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.HostSessions, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, string id, HostRegistry hosts, SessionRecorder recorder, ILogger<RecordSession> log, CancellationToken cancellationToken)
    {
        Caller caller = context.Caller();
        if (!(await HostCaller.RequireAsync(context, id, hosts, cancellationToken)).Try(out EnrolledHost? host, out Refusal? refusal)
            || !(await Requests.ReadAsync<RecordSessionsRequest>(context, cancellationToken)).Try(out RecordSessionsRequest? request, out refusal)
            || !SessionContract.ToSessions(request).Try(out ImmutableArray<ToldSession> sessions, out refusal)
            || !(await recorder.RecordAsync(caller, host, sessions, cancellationToken)).Try(out IReadOnlyList<UnexplainedSession>? unexplained, out refusal))
            return Problems.From(refusal);
        foreach (UnexplainedSession session in unexplained.Where(session => session.IsNew))
        {
            log.LogError(
                Alarm, "Nothing explains session {Session} of {Login} on host {Host} of {Resource}: {Reason}",
                session.Session, session.Login, host.Id, host.Resource, session.Fault);
        }

        return Responses.Ok(new RecordedSessionsResponse([.. unexplained.Select(session => session.Session)]));
    }
}
