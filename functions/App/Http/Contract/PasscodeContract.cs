using SshFunctions.Api;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Passcodes;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http.Contract;

/// <summary>Passcodes as the API writes them.</summary>
internal static class PasscodeContract
{
    public static PasscodeResponse Of(MintedPasscode minted, Resource resource)
    {
        using Secret secret = minted.Secret;
        Passcode passcode = minted.Passcode;
        ResourceHost? host = HostOf(resource, passcode.Instance);
        return new PasscodeResponse(
            secret.Reveal(),
            passcode.Serial,
            passcode.Resource.Text,
            passcode.Login.Text,
            passcode.Instance,
            passcode.Source,
            passcode.Expires,
            passcode.Grant.Text,
            host?.Address.Name,
            minted.Port ?? host?.Address.Port);
    }

    public static RedeemedPasscodeResponse Of(Passcode passcode) =>
        new(passcode.Serial, passcode.Subject.Text, passcode.Login.Text, passcode.Instance, passcode.Grant.Text);

    private static ResourceHost? HostOf(Resource resource, int? instance)
    {
        IEnumerable<ResourceHost> hosts = resource.Hosts.Where(host => !host.IsPattern && (instance is null || host.Instance == instance));
        return hosts.Select(host => (ResourceHost?)host).FirstOrDefault();
    }
}
