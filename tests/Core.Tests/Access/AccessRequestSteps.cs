using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Tests.Access;

/// <summary>The steps of a request's life in a protected environment, decided by carol and dave of the group leads.</summary>
internal static class AccessRequestSteps
{
    public static readonly Caller Carol = new(CallerKind.Person, Subject.Parse("carol"), [GroupName.Parse("leads")]);
    public static readonly Caller Dave = new(CallerKind.Person, Subject.Parse("dave"), [GroupName.Parse("leads")]);

    public static AccessRequestOrder Order(Caller? requester = null, TimeSpan? duration = null) => new(
        Broker.Web, (requester ?? Broker.Alice).Subject, null, [LoginRule.Of(Broker.Deploy)], null, [Permission.Pty], duration ?? TimeSpan.FromHours(2), "disk is full");

    /// <summary>A protected environment in which two of the group leads decide.</summary>
    public static async Task<Broker> BrokerOfTwoAsync()
    {
        var broker = new Broker();
        await broker.MakeWebAsync(withGrant: false);
        Broker.Must(await broker.Tree.PutEnvironmentAsync(Broker.Admin, new ProjectEnvironment(Broker.Web.Parent, "", SshSwitch.Enabled, Protected: true), default));
        await PutRuleAsync(broker, rule => rule);
        return broker;
    }

    public static async Task PutRuleAsync(Broker broker, Func<AccessRule, AccessRule> change)
    {
        AccessRule rule = AccessRule.Default(Broker.Web.Parent) with { Approvers = [Holder.Parse("group=leads")], ApprovalsNeeded = 2 };
        Broker.Must(await broker.Rules.PutAsync(Broker.Admin, change(rule), default));
    }

    public static async Task<AccessRequest> OpenAsync(Broker broker, Caller? requester = null, TimeSpan? duration = null, AccessRequestOrder? order = null) =>
        Broker.Must(await broker.Requests.OpenAsync(requester ?? Broker.Alice, order ?? Order(requester, duration), default));

    public static async Task<AccessRequest> ApproveAsync(Broker broker, AccessRequest request, Caller by) =>
        Broker.Must(await broker.Requests.ApproveAsync(by, request.Id, null, (await broker.Requests.FindAsync(request.Id, default))!.Extension?.Ends, default));

    public static async Task<AccessRequest> ActivateAsync(Broker broker, AccessRequestOrder? order = null)
    {
        AccessRequest opened = Broker.Must(await broker.Requests.OpenAsync(Broker.Alice, order ?? Order(), default));
        await ApproveAsync(broker, opened, Carol);
        await ApproveAsync(broker, opened, Dave);
        return Broker.Must(await broker.Requests.ProvisionAsync(opened.Id, default));
    }
}
