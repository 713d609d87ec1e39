using System.Globalization;
using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Functions;
using SshFunctions.Support.Outside;
using SshFunctions.Support.Processes;

namespace SshFunctions.Interop.Tests.Functions;

internal sealed partial class HttpScenario
{
    private const string Rule = Routes.AccessRule + "?path=acme/production";

    /// <summary>Alice asks, the admin decides; carol breaks the glass.</summary>
    private async Task RequestAsync(BrokerApi alice)
    {
        await Admin.PutAsync<AccessRuleRequest, AccessRuleResponse>(Rule, new AccessRuleRequest(BreakGlass: ["subject=carol"]));
        await ReadAsync(Admin, Rule, Routes.AccessRules);
        string id = (await AskAsync(alice, new OpenAccessRequestRequest(Resource, "work", DurationSeconds: 3600))).Id;
        await Admin.PostAsync<DecideAccessRequestRequest, AccessRequestResponse>(At(Routes.AccessRequestDecision, id), new DecideAccessRequestRequest("approve"));
        while ((await alice.GetAsync<AccessRequestResponse>(At(Routes.AccessRequest, id))).State != "active") await Task.Yield();
        await alice.PostAsync<ExtendAccessRequestRequest, AccessRequestResponse>(At(Routes.AccessRequestExtension, id), new ExtendAccessRequestRequest(600, "more work"));
        await alice.PostAsync<CloseAccessRequestRequest, AccessRequestResponse>(At(Routes.AccessRequestClosing, id), new CloseAccessRequestRequest("done"));

        using BrokerApi carol = connected.App.As(await Admin.CreateTokenAsync("carol"));
        string broken = (await AskAsync(carol, new OpenAccessRequestRequest(Resource, "it burns", DurationSeconds: 3600, BreakGlass: true))).Id;
        while ((await carol.GetAsync<AccessRequestResponse>(At(Routes.AccessRequest, broken))).State != "active") await Task.Yield();
        await carol.PostAsync<CloseAccessRequestRequest, AccessRequestResponse>(At(Routes.AccessRequestClosing, broken), new CloseAccessRequestRequest("it burns no more"));
        await Admin.PostAsync<ReviewAccessRequestRequest, AccessRequestResponse>(At(Routes.AccessRequestReview, broken), new ReviewAccessRequestRequest("seen"));
        await ReadAsync(Admin, Routes.AccessRequests + "?scope=all", Routes.AccessDeeds, Routes.AccessHolders);
    }

    private async Task TakeTicketAsync()
    {
        byte[] body = """{"event":"ignore","number":"INC-1","who":"alice","where":"acme/production/web","why":"nothing"}"""u8.ToArray();
        using HttpRequestMessage request = SignedWebhook.Request("desk", connected.TicketSecret, body, "msg_1", TimeProvider.System.GetUtcNow());
        using HttpResponseMessage answer = await _nobody.Http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The journal key is rotated and that is taken back; what is sealed is proved; what was not delivered is sent again.</summary>
    private async Task OperateAsync()
    {
        ulong first = (await Admin.GetAsync<Page<JournalEntryResponse>>(Routes.Journal)).Items[^1].Serial;
        await EndSegmentAsync();
        await connected.App.Host.FireTimerAsync("SealJournal");
        await Admin.CreateTokenAsync("dave");
        await connected.App.Host.FireTimerAsync("SealJournal");
        await ReadAsync(
            Admin, Routes.Checkpoints, Routes.CheckpointConsistency + "?from=1", Routes.JournalProof.Replace("{serial}", $"{first}", StringComparison.Ordinal),
            Routes.JournalExport, Routes.JournalForwarding, Routes.KeyRotations);
        await Admin.PostAsync<RotateKeyRequest, KeyRotationResponse>(Routes.KeyRotations, new RotateKeyRequest("journal"));
        await DeleteAsync(Routes.KeyRotation.Replace("{purpose}", "journal", StringComparison.Ordinal) + "?reason=enough");
        FailedNotificationResponse? failed = null;
        while (failed is null)
        {
            // The handler that was told to stop may not have sent the nudge; the timer would find that within a minute.
            await connected.App.Host.FireTimerAsync("FollowJournal");
            failed = (await Admin.GetAsync<Page<FailedNotificationResponse>>(Routes.FailedNotifications)).Items is [{ } one, ..] ? one : null;
            await Task.Delay(200); // The queue delivers five times before it gives up, and a caller may ask 1,200 times a minute.
        }

        connected.Receiver.Status = 200;
        using HttpResponseMessage sent = await Admin.SendAsync(HttpMethod.Post, At(Routes.RetryNotification, failed.Id));
        Assert.True(sent.IsSuccessStatusCode, await sent.Content.ReadAsStringAsync());
    }

    /// <summary>A handler that is told to stop ends its segment of the journal; the host starts another.</summary>
    private async Task EndSegmentAsync()
    {
        FunctionsHost host = connected.App.Host;
        int started = host.HandlerStartCount;
        (await ProcessRun.ToEndAsync("kill", ["-TERM", host.HandlerId.ToString(CultureInfo.InvariantCulture)])).Expect(0);
        await host.WaitForHandlerAsync(started + 1);
    }

    private static Task<AccessRequestResponse> AskAsync(BrokerApi who, OpenAccessRequestRequest order) =>
        who.PostAsync<OpenAccessRequestRequest, AccessRequestResponse>(Routes.AccessRequests, order);
}
