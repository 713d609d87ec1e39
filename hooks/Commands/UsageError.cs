using System.CommandLine.Parsing;

namespace SshFunctions.Hooks.Commands;

/// <summary>What is wrong with a command line, in words that name no type of the runtime.</summary>
internal static class UsageError
{
    internal static string Text(ParseError error) => error.SymbolResult switch
    {
        OptionResult { Tokens: [var token] } result => Text(error, result.Option.Name, result.Option.ValueType, token.Value),
        ArgumentResult { Tokens: [var token] } result when result.Parent is CommandResult => Text(error, result.Argument.Name, result.Argument.ValueType, token.Value),
        _ => error.Message,
    };

    private static string Text(ParseError error, string name, Type given, string value)
    {
        Type type = Nullable.GetUnderlyingType(given) ?? given;
        if (type == typeof(bool))
            return bool.TryParse(value, out _) ? error.Message : $"{name}: takes no value, and \"{value}\" is one";
        if (type != typeof(int) && type != typeof(ulong))
            return error.Message;
        return value.All(char.IsAsciiDigit) ? $"{name}: \"{value}\" is too large" : $"{name}: \"{value}\" is not a whole number";
    }
}
