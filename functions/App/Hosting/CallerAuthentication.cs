using SshFunctions.App.Http;
using SshFunctions.Core;
using SshFunctions.Core.Callers;

namespace SshFunctions.App.Hosting;

/// <summary>Lets only proved callers to functions that are declared authenticated, within the limits of address and caller.</summary>
/// <remarks>The declaration decides; an endpoint without one, such as routing's own 405, does nothing for anyone.</remarks>
internal sealed class CallerAuthentication(RequestDelegate next, RateLimits limits, AppServiceSignIn? appService = null)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Declared() is not { Function: { Access: FunctionAccess.Authenticated } function })
        {
            await next(context);
            return;
        }

        Result<Caller> result = await AuthenticateAsync(context);
        if (!result.Try(out Caller? caller, out Refusal? refusal)
            || !limits.TakeForCaller(caller, function.AskedByStrangers).Try(out _, out refusal)
            || !Admit(caller, function).Try(out _, out refusal))
        {
            await Problems.From(refusal).ExecuteAsync(context);
            return;
        }

        context.Features.Set(caller);
        await next(context);
    }

    /// <summary>A host's token speaks for its sshd: whoever takes it from the machine gets nothing else with it.</summary>
    private static Result<Done> Admit(Caller caller, FunctionDeclaration function) => caller.Kind == CallerKind.Host && !function.ForHosts
        ? new Refusal.Denied("a host may not ask this", "sign in as a person or a service: sshfn login")
        : Done.Instance;

    private async ValueTask<Result<Caller>> AuthenticateAsync(HttpContext context)
    {
        Result<PresentedCredential> presented = appService?.Take(context.Request.Headers) ?? PresentedCredentials.Take(context.Request.Headers);
        if (presented.Try(out PresentedCredential? credential, out Refusal? refusal))
        {
            using (credential)
            {
                // Asked for now and not at start: it stands on store and keys, which are open by now.
                ICallerAuthenticator authenticator = context.RequestServices.GetRequiredService<ICallerAuthenticator>();
                Result<Caller> answer = await authenticator.AuthenticateAsync(credential, context.SourceAddress(), context.RequestAborted);
                if (answer.Try(out _, out refusal))
                    return answer;
            }
        }

        // A right credential passes however many wrong ones came before: a secret has 256 bits, so no limit is needed against guessing,
        // and one who knows none must not lock out everybody else behind the same address.
        return refusal is Refusal.Unauthenticated && !limits.TakeForFailedCredential(context).Try(out _, out Refusal? tooMany) ? tooMany : refusal;
    }
}
