namespace SshFunctions.App.Hosting.Opening;

/// <summary>Holds requests until store and keys are open; functions that need neither pass.</summary>
internal sealed class AwaitBroker(RequestDelegate next, BrokerGate? gate = null)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (gate is not null && context.Declared() is { Function.NeedsBroker: true })
            await gate.EnterAsync(context.RequestAborted);
        await next(context);
    }
}
