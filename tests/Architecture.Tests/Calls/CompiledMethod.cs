using System.Reflection.Metadata;

namespace SshFunctions.Architecture.Tests.Calls;

/// <summary>One method of the product as compiled, with the source file the compiler says it came from.</summary>
/// <param name="Name">Namespace, types and method, as <c>A.B+C::D</c>.</param>
/// <param name="Source">Relative to the repository's root, or empty when no source line produced the method.</param>
/// <param name="IsStateMachine">Whether the compiler made it out of an async method or iterator.</param>
/// <param name="Instructions">In order of offset.</param>
/// <param name="Uses">Full names of the members it names, as <c>Namespace.Type::Member</c>.</param>
/// <param name="Regions">Its exception handlers, with the full name of what each catches.</param>
internal sealed record CompiledMethod(
    string Name,
    string Source,
    bool IsStateMachine,
    IReadOnlyList<IlInstruction> Instructions,
    IReadOnlyList<(int Offset, string Member)> Uses,
    IReadOnlyList<(ExceptionRegion Region, string Catches)> Regions)
{
    public override string ToString() => $"{Name} in {Source}";

    public IEnumerable<IlInstruction> HandlerOf(ExceptionRegion region) =>
        Instructions.Where(one => one.Offset >= region.HandlerOffset && one.Offset < region.HandlerOffset + region.HandlerLength);

    public IEnumerable<string> UsesIn(ExceptionRegion region) =>
        Uses.Where(use => use.Offset >= region.HandlerOffset && use.Offset < region.HandlerOffset + region.HandlerLength)
            .Select(use => use.Member);
}
