using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Who may take the protection from an environment: nobody whose own role there has an end.</summary>
internal sealed class EnvironmentProtection(Authority authority, ResourceTree tree)
{
    /// <summary>Checks that a caller may leave an environment unprotected, or remove it; who may edit it is checked beforehand.</summary>
    public async Task<Result<Done>> RequireToLiftAsync(Caller caller, ResourcePath path, CancellationToken cancellationToken)
    {
        if (await tree.FindEnvironmentAsync(path, cancellationToken) is not { Protected: true }) return Done.Instance;
        if ((await authority.RequireStandingAsync(caller, path, Right.ManageTokens, cancellationToken)).Try(out _, out _)) return Done.Instance;
        return (await authority.RequireStandingAsync(caller, path.Parent, Right.EditTree, cancellationToken)).Try(out _, out Refusal? refusal)
            ? Done.Instance
            : new Refusal.Denied($"environment {path} is protected: {refusal.Detail}", refusal.Fix);
    }
}
