using SshFunctions.Core.Callers;

namespace SshFunctions.App.Hosting;

/// <summary>Hands the proved caller to a function.</summary>
internal static class Callers
{
    /// <summary>The caller of a function that is declared authenticated.</summary>
    /// <exception cref="InvalidOperationException">The function is declared open.</exception>
    public static Caller Caller(this HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("an open function has no caller");
}
