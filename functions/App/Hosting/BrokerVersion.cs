using System.Reflection;

namespace SshFunctions.App.Hosting;

/// <summary>The version this executable was built as.</summary>
internal static class BrokerVersion
{
    public static string Current { get; } =
        typeof(BrokerVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
