using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace SshFunctions.Architecture.Tests.Calls;

/// <param name="Offset">In bytes, from the start of the method's code.</param>
/// <param name="Code">What the instruction does.</param>
/// <param name="Token">The member or type it names, when it names one.</param>
internal readonly record struct IlInstruction(int Offset, OpCode Code, EntityHandle? Token);
