using System.Collections.Immutable;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Rotation;

namespace SshFunctions.App.Http;

/// <summary>Takes what the calling host says of itself; each of its alarms is journalled and logged once.</summary>
internal sealed class ReportHost : IHttpFunction
{
    private static readonly EventId Alarm = new(40, "HostAlarm");
    private static readonly EventId Untrue = new(54, "HostUntrueVersion");

    public FunctionDeclaration Declaration { get; } = new(
        nameof(ReportHost),
        "Takes what is in force on the calling host, and its alarms; one that was told before raises no second.",
        FunctionAccess.Authenticated,
        new FunctionRoute("POST", Routes.HostReport) { Request = typeof(ReportHostRequest), Response = typeof(HostResponse) })
    {
        ForHosts = true,
    };

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.HostReport, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        string id,
        HostRegistry hosts,
        HostReporting reporting,
        KeyRingRegistry rings,
        TimeProvider clock,
        ILogger<ReportHost> log,
        CancellationToken cancellationToken)
    {
        Caller caller = context.Caller();
        if (!(await HostCaller.RequireAsync(context, id, hosts, cancellationToken)).Try(out EnrolledHost? host, out Refusal? refusal)
            || !(await Requests.ReadAsync<ReportHostRequest>(context, cancellationToken)).Try(out ReportHostRequest? request, out refusal)
            || !SessionContract.ToAlarms(request).Try(out ImmutableArray<RaisedAlarm> alarms, out refusal)
            || !SessionContract.ToState(request, clock.GetUtcNow()).Try(out HostState? state, out refusal))
            return Problems.From(refusal);
        // What it tells beside it is taken all the same: alarms of a host that was broken into are worth most.
        if (!await rings.HasReachedAsync(state.TrustVersion, cancellationToken))
        {
            log.LogWarning(
                Untrue, "Host {Host} of {Resource} reports trust version {Version}, which does not exist yet; it counts as none",
                host.Id, host.Resource, state.TrustVersion);
            state = state with { TrustVersion = 0 };
        }

        if (!(await reporting.TakeAsync(caller, host, state, alarms, cancellationToken)).Try(out TakenReport? taken, out refusal))
            return Problems.From(refusal);
        foreach (RaisedAlarm alarm in taken.NewAlarms)
            log.LogError(Alarm, "Host {Host} of {Resource} raised {Kind}: {Detail}", host.Id, host.Resource, alarm.Kind, alarm.Detail);
        return Responses.Ok(HostContract.Of(taken.Host));
    }
}
