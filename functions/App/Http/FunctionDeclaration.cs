using System.Collections.Immutable;

namespace SshFunctions.App.Http;

/// <summary>What is known of a function without running it: the OpenAPI document and the deployment manifest are written from it.</summary>
/// <remarks>Free of ASP.NET Core, so that writing a manifest starts no server.</remarks>
/// <param name="Name">The name of its class.</param>
/// <param name="Summary">One sentence for the OpenAPI document.</param>
/// <param name="Access">Who may call it.</param>
/// <param name="Routes">At least one.</param>
internal sealed record FunctionDeclaration(string Name, string Summary, FunctionAccess Access, ImmutableArray<FunctionRoute> Routes)
{
    /// <summary>A function of one route.</summary>
    public FunctionDeclaration(string name, string summary, FunctionAccess access, FunctionRoute route)
        : this(name, summary, access, [route])
    {
    }

    /// <summary>Whether a host may call it with its own token: what says nothing is refused to hosts, whose tokens lie on machines that others run.</summary>
    public bool ForHosts { get; init; }

    /// <summary>Whether strangers at a host's sshd cause its requests: they are counted apart, so that the host is heard about everything else.</summary>
    public bool AskedByStrangers { get; init; }

    /// <summary>Whether it needs store and keys; one that does not answers while they are away.</summary>
    public bool NeedsBroker { get; init; } = true;

    /// <summary>Whether it looks at size and type of the body itself, because it records what it refuses.</summary>
    public bool GuardsBody { get; init; }

    public string OperationIdOf(FunctionRoute route) => route.OperationId ?? Name;
}
