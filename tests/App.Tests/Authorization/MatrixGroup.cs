namespace SshFunctions.App.Tests.Authorization;

/// <summary>The tests that share one <see cref="MatrixWorld"/>.</summary>
[CollectionDefinition(Name)]
public sealed class MatrixGroup : ICollectionFixture<MatrixWorld>
{
    public const string Name = "authorization";
}
