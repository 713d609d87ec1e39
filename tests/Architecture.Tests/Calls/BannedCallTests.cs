using SshFunctions.Architecture.Tests.Product;

namespace SshFunctions.Architecture.Tests.Calls;

public sealed class BannedCallTests
{
    [Theory, MemberData(nameof(ProductProject.Folders), MemberType = typeof(ProductProject))]
    public void Product_code_takes_time_chance_console_and_processes_only_where_it_may(string folder)
    {
        var found =
            from method in CompiledAssembly.ReadMethods(ProductProject.In(folder))
            from use in method.Uses
            from ban in BannedCall.All
            where ban.IsNamedBy(use.Member) && !ban.IsAllowedIn(method.Source)
            select $"{method} names {use.Member}: use {ban.Instead}";

        Assert.Empty(found.Distinct());
    }

    [Fact]
    public void The_scan_sees_a_banned_call_when_there_is_one()
    {
        var methods = CompiledAssembly.ReadMethods(Samples.Project);

        var clock = Assert.Single(methods, method => method.Name.EndsWith("Samples::ReadsTheWallClock", StringComparison.Ordinal));

        Assert.Contains(clock.Uses, use => BannedCall.All.Any(ban => ban.IsNamedBy(use.Member)));
        Assert.Equal("tests/Architecture.Tests/Calls/Samples.cs", clock.Source);
    }

    [Fact]
    public void The_scan_sees_an_async_method_nobody_can_await()
    {
        var methods = CompiledAssembly.ReadMethods(Samples.Project);

        Assert.Contains(methods, method => method.Name.Contains("<CannotBeAwaited>", StringComparison.Ordinal)
            && method.Uses.Any(use => BannedCall.All.Any(ban => ban.IsNamedBy(use.Member))));
    }
}
