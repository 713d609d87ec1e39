using System.Globalization;
using SshFunctions.Core;

namespace SshFunctions.App.Hosting.Settings;

/// <summary>What the Functions host told the process that it started.</summary>
/// <param name="Port">Loopback port on which it sends everything.</param>
/// <param name="PublicName">Host name of the function app; null where nothing says.</param>
/// <remarks>Source: azure-functions-host, HttpWorkerProcess; the name is App Service's.</remarks>
internal sealed record FunctionsHost(int Port, string? PublicName)
{
    private const string PortVariable = "FUNCTIONS_CUSTOMHANDLER_PORT";

    /// <summary>Whether a Functions host started this process.</summary>
    public static bool IsParent(Func<string, string?> environment) => environment(PortVariable) is { Length: > 0 };

    /// <summary>Reads the environment.</summary>
    public static Result<FunctionsHost> From(Func<string, string?> environment)
    {
        string? text = environment(PortVariable);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= 65_535
            ? new FunctionsHost(port, environment("WEBSITE_HOSTNAME") is { Length: > 0 } name ? name : null)
            : new Refusal.Invalid(null, $"{PortVariable} \"{text}\" is no port", "it is for the Functions host to set; to serve without it: sshfn-broker serve --data DIR");
    }
}
