using System.Reflection.Metadata;
using SshFunctions.Architecture.Tests.Product;

namespace SshFunctions.Architecture.Tests.Calls;

public sealed class CatchAllTests
{
    // The two outermost rims: what happens to a fault nobody expected is decided there and nowhere else.
    private static readonly string[] Rims = ["functions/App/Program.cs", "functions/App/Hosting/", "hooks/Rim.cs"];

    [Theory, MemberData(nameof(ProductProject.Folders), MemberType = typeof(ProductProject))]
    public void Only_the_outermost_rims_catch_every_exception(string folder)
    {
        var found = CompiledAssembly.ReadMethods(ProductProject.In(folder))
            .Where(CatchesEverything)
            .Where(method => !Rims.Any(rim => method.Source.StartsWith(rim, StringComparison.Ordinal)));

        Assert.Empty(found.Select(method => method.ToString()));
    }

    [Theory]
    [InlineData("CatchesEverything", true)]
    [InlineData("CatchesEverythingWhileAwaiting", true)]
    [InlineData("CatchesWhatItKnows", false)]
    [InlineData("CleansUpWhileAwaiting", false)]
    [InlineData("ClosesAndThrowsOn", false)]
    public void The_scan_tells_written_catches_from_those_the_compiler_makes(string sample, bool expected)
    {
        var methods = CompiledAssembly.ReadMethods(Samples.Project)
            .Where(method => method.Name.Contains($"Samples::{sample}", StringComparison.Ordinal)
                || method.Name.Contains($"<{sample}>", StringComparison.Ordinal))
            .Where(method => !method.Name.EndsWith("::.ctor", StringComparison.Ordinal));

        Assert.NotEmpty(methods);
        Assert.Equal(expected, methods.Any(CatchesEverything));
    }

    private static bool CatchesEverything(CompiledMethod method) => method.Regions.Any(one =>
        one.Region.Kind == ExceptionRegionKind.Catch
        && one.Catches is "System.Exception" or "System.Object"
        && !OnlyCleansUp(method, one.Region)
        && !(method.IsStateMachine && IsMadeByTheCompiler(method, one.Region, one.Catches)));

    // In a state machine the compiler wraps everything in a catch that hands the exception to the builder, and turns a finally or
    // an await using that awaits into a catch of object that stores what it caught and does nothing else. A written catch whose body
    // awaits becomes one that also notes which catch was taken, by a constant.
    private static bool IsMadeByTheCompiler(CompiledMethod method, ExceptionRegion region, string catches) =>
        method.UsesIn(region).Any(member => member.EndsWith("::SetException", StringComparison.Ordinal))
        || (catches == "System.Object" && method.HandlerOf(region).All(one => OnlyStores(one.Code.Name!)));

    // Every way out of the handler throws what was caught: it closes what would leak, and decides nothing.
    private static bool OnlyCleansUp(CompiledMethod method, ExceptionRegion region)
    {
        var codes = method.HandlerOf(region).Select(one => one.Code.Name!).ToList();
        return codes.Contains("rethrow") && !codes.Exists(code => code.StartsWith("leave", StringComparison.Ordinal));
    }

    private static bool OnlyStores(string code) => code.Split('.')[0] is "nop" or "stloc" or "ldarg" or "ldloc" or "stfld" or "leave";
}
