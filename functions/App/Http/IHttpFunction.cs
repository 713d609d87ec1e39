namespace SshFunctions.App.Http;

/// <summary>One HTTP function: a class named as a verb, in a file of its own, listed in <see cref="HttpFunctions"/>.</summary>
internal interface IHttpFunction
{
    FunctionDeclaration Declaration { get; }

    /// <summary>Maps every declared route, each followed by <c>.For(Declaration)</c>.</summary>
    void Map(IEndpointRouteBuilder routes);
}
