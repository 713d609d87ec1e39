using System.CommandLine;
using System.CommandLine.Parsing;

namespace SshFunctions.Hooks.Commands;

/// <summary>What is wrong with a command line, in words that name no type of the runtime.</summary>
internal static class UsageError
{
    internal static string Text(ParseError error)
    {
        if (error.SymbolResult is not OptionResult { Tokens: [var token] } result)
            return error.Message;
        Option option = result.Option;
        Type type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        if (type == typeof(bool))
            return bool.TryParse(token.Value, out _) ? error.Message : $"{option.Name}: takes no value, and \"{token.Value}\" is one";
        if (type != typeof(int) && type != typeof(ulong))
            return error.Message;
        return token.Value.All(char.IsAsciiDigit)
            ? $"{option.Name}: \"{token.Value}\" is too large"
            : $"{option.Name}: \"{token.Value}\" is not a whole number";
    }
}
