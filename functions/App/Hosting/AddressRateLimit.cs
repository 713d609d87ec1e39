using SshFunctions.Core;

namespace SshFunctions.App.Hosting;

/// <summary>Stops an address that sends too much, before anything is parsed or looked up.</summary>
internal sealed class AddressRateLimit(RequestDelegate next, RateLimits limits)
{
    public Task InvokeAsync(HttpContext context) =>
        limits.TakeForAddress(context).Try(out _, out Refusal? refusal) ? next(context) : Problems.From(refusal).ExecuteAsync(context);
}
