using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Requests;

/// <summary>Waits for what becomes of an access request, and says on stderr what it waits for.</summary>
internal static class RequestWait
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    internal static async Task<(BrokerAnswer Answer, AccessRequestResponse Request)> UntilGivenAsync(
        BrokerClient client, BrokerAnswer answer, AccessRequestResponse request, CancellationToken cancellationToken)
    {
        string? told = null;
        while (request.State is "pending" or "approved")
        {
            string news = News(request);
            if (news != told)
                Terminal.Note(told = news);
            await Task.Delay(Step, TimeProvider.System, cancellationToken);
            answer = await client.GetAsync(Route.Of(Routes.AccessRequest, request.Id), cancellationToken);
            request = answer.Read(Contract.Json.AccessRequestResponse);
        }

        return (answer, request);
    }

    private static string News(AccessRequestResponse request) => request switch
    {
        { Failure: { } failure } => $"request {request.Id} is approved, but the access can't be given: {failure}",
        { State: "approved" } => $"request {request.Id} is approved; waiting for its grant",
        _ => $"request {request.Id} waits for approval: {request.Approvals.Count} of {request.ApprovalsNeeded}",
    };
}
