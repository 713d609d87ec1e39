using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace SshFunctions.Architecture.Tests.Calls;

/// <summary>Walks the instructions of one method body.</summary>
/// <remarks>Source: ECMA-335, III.1.2 (opcode encodings), II.25.4 (method bodies).</remarks>
internal static class MethodIl
{
    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value & 0xffff);

    public static IEnumerable<IlInstruction> Read(byte[] body)
    {
        var at = 0;
        while (at < body.Length)
        {
            var offset = at;
            int value = body[at++];
            if (value == 0xfe) value = 0xfe00 | body[at++];
            var code = OpCodesByValue[value];
            EntityHandle? token = null;
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineTok or OperandType.InlineType)
            {
                token = MetadataTokens.EntityHandle(BitConverter.ToInt32(body, at));
            }
            at += OperandBytes(code.OperandType, body, at);
            yield return new IlInstruction(offset, code, token);
        }
    }

    private static int OperandBytes(OperandType type, byte[] body, int at) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(body, at)),
        _ => 4,
    };
}
